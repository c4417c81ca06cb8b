// Scales and numbers as the program draws and writes them: a chart drawn here stands where it stood in the markup.
const FrontNumbers = {
	undefined: '\u2013',
	fixed(value, decimals) {
		if (value === Infinity) return '\u221E'
		if (!Number.isFinite(value)) return this.undefined
		const scale = 10 ** decimals, units = Math.round(Math.abs(value) * scale)
		const [whole, rest] = (units / scale).toFixed(decimals).split('.')
		const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
		return (value < 0 && units ? '\u2212' : '') + grouped + (rest ? '.' + rest : '')
	},
	decimals: value => value >= 99.5 ? 0 : value >= 9.95 ? 1 : 2,
	threeDigits(value) { return this.fixed(value, this.decimals(Math.abs(value))) },
	range(low, high, decimals) {
		const digits = decimals ?? this.decimals(Math.abs(high))
		return this.fixed(low, digits) + (low < 0 || high < 0 ? ' to ' : '\u2013') + this.fixed(high, digits)
	},
	// A share in 1/10,000 says 0 or 100 only where it is that.
	probability(parts) {
		if (parts === null) return this.undefined
		const percent = Math.round(parts / 100)
		return percent >= 100 && parts < 10000 ? '>99%' : percent <= 0 && parts > 0 ? '<1%' : percent + '%'
	},
	// Decimals for a column: the smallest value keeps two digits that matter.
	column(values) {
		const usable = values.filter(v => Number.isFinite(v) && v > 0)
		return usable.length ? this.decimals(Math.min(...usable)) : 2
	},
	list: items => items.length > 1 ? items.slice(0, -1).join(', ') + ' and ' + items.at(-1) : items.join('')
}

const FrontScale = {
	speeds(values) {
		const usable = values.filter(v => v > 0 && Number.isFinite(v)), least = Math.min(...usable), most = Math.max(...usable)
		if (!usable.length) return { low: 0, high: 1 }
		if (most / least >= 3) {
			const room = (most / least) ** .07
			return { isLog: true, low: least / room, high: most * room }
		}
		const room = Math.max((most - least) * .1, most * .02)
		return { low: Math.max(0, least - room), high: most + room }
	},
	amounts(values, isHigherBetter) {
		const usable = values.filter(v => v >= 0 && Number.isFinite(v)), scale = this.speeds(usable)
		if (usable.includes(0)) {
			const most = Math.max(...usable), room = most > 0 ? most * .05 : .5
			return { low: -room, high: most + 2 * room, isReversed: !isHigherBetter }
		}
		return { ...scale, isReversed: !isHigherBetter }
	},
	shares(values) {
		if (!values.length) return { low: 0, high: 1 }
		const least = Math.min(...values), most = Math.max(...values)
		return {
			low: least <= .012 ? -.03 : Math.floor((least - .012) * 20) / 20,
			high: most >= .996 ? 1.03 : Math.ceil((most + .004) * 20) / 20
		}
	},
	position(scale, value) {
		const share = scale.isLog ? Math.log(value / scale.low) / Math.log(scale.high / scale.low) : (value - scale.low) / (scale.high - scale.low)
		return scale.isReversed ? 1 - share : share
	},
	valueAt(scale, position) {
		const share = scale.isReversed ? 1 - position : position
		return scale.isLog ? scale.low * (scale.high / scale.low) ** share : scale.low + share * (scale.high - scale.low)
	},
	shareTicks(scale, gap) {
		const step = [1, 2, 5, 10, 20, 25, 50].find(s => s / 100 / (scale.high - scale.low) >= gap) || 100, ticks = []
		for (let percent = 0; percent <= 100; percent += step) ticks.push(percent / 100)
		return ticks.filter(t => t >= scale.low - 1e-9 && t <= scale.high + 1e-9)
	},
	ticks(scale, gap) { return scale.isLog ? this.logTicks(scale, gap) : this.linearTicks(scale, gap) },
	linearTicks({ low, high }, gap) {
		const least = (high - low) * gap
		if (!(least > 0 && Number.isFinite(least))) return []
		const decade = 10 ** Math.floor(Math.log10(least)), step = [1, 2, 2.5, 5, 10].map(s => s * decade).find(s => s >= least * (1 - 1e-9)) || decade * 10
		const ticks = []
		for (let k = Math.ceil(low / step - 1e-9); k <= Math.floor(high / step + 1e-9); k++) ticks.push(this.rounded(k * step))
		return ticks
	},
	logTicks(scale, gap) {
		const fits = ticks => ticks.every((t, k) => !k || Math.abs(this.position(scale, t) - this.position(scale, ticks[k - 1])) >= gap)
		let sparsest = []
		for (const spoken of [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]]) {
			const ticks = []
			for (let d = Math.floor(Math.log10(scale.low)); d <= Math.ceil(Math.log10(scale.high)); d++) ticks.push(...spoken.map(s => this.rounded(s * 10 ** d)))
			sparsest = ticks.filter(t => t >= scale.low && t <= scale.high)
			if (fits(sparsest)) return sparsest
		}
		for (let stride = 2; stride < sparsest.length; stride++) {
			const kept = sparsest.filter((_, k) => k % stride === 0)
			if (fits(kept)) return kept
		}
		return sparsest.slice(0, 1)
	},
	rounded: value => Number(value.toPrecision(10)),
	texts(ticks) {
		const step = ticks.length > 1 ? Math.min(...ticks.slice(1).map((t, k) => t - ticks[k])) : 1
		return ticks.map(t => {
			const decimals = [0, 1, 2, 3, 4, 5, 6].find(d => Math.abs(Math.round(t * 10 ** d) / 10 ** d - t) < step * 1e-3) ?? 6
			return FrontNumbers.fixed(t, decimals)
		})
	}
}
