// The front as the program draws it, built here from the page's data for any view and width. Names come from outside, so
// that every element is created and none is written as markup.
const FrontDrawing = {
	shapes: ['square', 'circle', 'diamond', 'triangle', 'pentagon', 'cross'],
	corners: {
		diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
		triangle: [[0, -1.2], [1.2, .9], [-1.2, .9]],
		pentagon: [[0, -1.15], [1.1, -.35], [.68, .95], [-.68, .95], [-1.1, -.35]],
		cross: [[-.4, -1.1], [.4, -1.1], [.4, -.4], [1.1, -.4], [1.1, .4], [.4, .4], [.4, 1.1], [-.4, 1.1], [-.4, .4], [-1.1, .4], [-1.1, -.4], [-.4, -.4]]
	},
	canvas: document.createElement('canvas').getContext('2d'),
	tenth: v => Math.round(v * 10) / 10,
	colour: model => model < 6 ? 'm' + (model + 1) : 'mx',
	element(name, attributes, ...children) {
		const element = document.createElementNS('http://www.w3.org/2000/svg', name)
		for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
		element.append(...children)
		return element
	},
	path(classes, d) { return this.element('path', { class: classes, d }) },
	text(classes, x, y, content, anchor) {
		return this.element('text', { class: classes, x: this.tenth(x), y: this.tenth(y), ...(anchor && { 'text-anchor': anchor }) }, content)
	},
	mark(model, x, y, r, attributes) {
		const shape = this.shapes[model % 6], at = this.tenth
		if (shape === 'circle') return this.element('circle', { cx: at(x), cy: at(y), r, ...attributes })
		if (shape === 'square') return this.element('rect', { x: at(x - r * .9), y: at(y - r * .9), width: at(r * 1.8), height: at(r * 1.8), ...attributes })
		return this.element('path', { d: 'M' + this.corners[shape].map(c => at(x + c[0] * r) + ' ' + at(y + c[1] * r)).join('L') + 'z', ...attributes })
	},
	glyph(model, fill) {
		return this.element('svg', { class: 'glyph', viewBox: '0 0 14 14', 'aria-hidden': 'true' }, this.mark(model, 7, 7, 5, { class: 'dot', 'fill-opacity': fill }))
	},
	measure(text, size, isBold) {
		this.canvas.font = `${isBold ? 600 : 400} ${size}px ${getComputedStyle(document.body).fontFamily}`
		return this.canvas.measureText(text).width
	},
	// Cuts the middle out of a text that is wider than `most`.
	shortened(text, most, size, isBold) {
		if (this.measure(text, size, isBold) <= most) return text
		const characters = [...text]
		for (let kept = Math.min(characters.length - 1, 200); kept > 2; kept--) {
			const tail = Math.floor(kept / 2), short = characters.slice(0, kept - tail).join('') + '\u2026' + characters.slice(-tail).join('')
			if (this.measure(short, size, isBold) <= most) return short
		}
		return (characters[0] || '') + '\u2026'
	},
	// Models' names without the ending that all share, where one of them is too long for a label.
	shortNames(models, most) {
		const parts = models.map(m => m.slice(0, 400).split('-'))
		if (models.length < 2 || models.every(m => this.measure(m.slice(0, 400), 12.5) <= most * .7)) return models
		const shortest = Math.min(...parts.map(p => p.length))
		let shared = 0
		while (shared < shortest - 1 && parts.every(p => p.at(-1 - shared) === parts[0].at(-1 - shared))) shared++
		return parts.map(p => p.slice(0, p.length - shared).join('-'))
	},

	// Where everything stands, in units of 1/16 rem.
	layout(view, width) {
		const { points, axis, bands } = view, isNarrow = width < 560, scales = FrontScale
		const height = isNarrow ? Math.max(420, Math.min(560, Math.round(width * 1.22))) : Math.max(460, Math.min(760, Math.round(width * .6)))
		const x = isNarrow ? 38 : 48, y = bands.length ? 56 : 34, w = width - x - (isNarrow ? 10 : 18), h = height - y - 50
		const plot = { x, y, w, h, right: x + w, bottom: y + h }
		const xScale = scales.amounts(points.flatMap(p => [p.xLow, p.x, p.xHigh]), axis.higher)
		const yScale = scales.shares(view.task ? [0, 1] : points.flatMap(p => [p.yLow, p.y, p.yHigh]))
		const across = value => x + Math.min(1, Math.max(0, scales.position(xScale, value))) * w
		const down = value => plot.bottom - scales.position(yScale, value) * h
		const inside = share => share > 0 && share < 1
		const limitX = view.limitX !== null && inside(scales.position(xScale, view.limitX)) ? across(view.limitX) : null
		const limitY = view.limitY !== null && inside(scales.position(yScale, view.limitY)) ? down(view.limitY) : null
		const edges = bands.map(([name, short, low, high, isGood]) => ({ name, short, isGood, left: across(low), right: high === null ? plot.right : across(high) }))
		const layout = { width, height, isNarrow, plot, xScale, yScale, across, down, limitX, limitY, radius: isNarrow ? 5 : 6, bands: edges.filter(b => b.right - b.left > 1) }
		layout.marks = points.map(p => ({ p, x: across(p.x), y: down(p.y), left: Math.min(across(p.xLow), across(p.xHigh)), right: Math.max(across(p.xLow), across(p.xHigh)), top: down(p.yHigh), bottom: down(p.yLow) }))
		layout.members = layout.marks.filter(m => m.p.by === -1).sort((a, b) => a.x - b.x || a.y - b.y || a.p.i - b.p.i)
		this.label(layout, view)
		return layout
	},
	label(layout, view) {
		const { plot, marks, isNarrow, radius } = layout, most = plot.w * (isNarrow ? .4 : .32), names = this.shortNames(view.models, most)
		const carrier = view.models.map((_, model) => {
			const own = marks.filter(m => m.p.model === model)
			return own.find(m => (m.p.quantization || '').toLowerCase() === 'f16') || own[0]
		})
		for (const m of marks) {
			const { quantization, model } = m.p
			m.isPick = m.p.i === view.pick
			m.isNamed = m.isPick || carrier[model] === m
			if (quantization === null) m.label = this.shortened(names[model], most, 12.5, true)
			else if (!m.isNamed) m.label = this.shortened(quantization, most / 2, 12.5)
			else {
				const tail = this.shortened(quantization, most / 2, 12.5, true)
				m.label = this.shortened(names[model], most - this.measure(' ' + tail, 12.5, true), 12.5, true) + ' ' + tail
			}
		}
		const rank = m => m.isPick ? 0 : m.p.by === -1 ? 1 : m.isNamed ? 2 : 3
		const order = [...marks].sort((a, b) => rank(a) - rank(b) || a.p.i - b.p.i)
		const labels = order.map(m => ({ x: m.x, y: m.y, r: m.isPick ? radius + 6 : radius, w: this.measure(m.label, m.isPick ? 14 : 12.5, m.isNamed) + 3, h: m.isPick ? 19 : 16 }))
		const places = FrontLabels.place(labels, this.lines(layout), { x: plot.x + 2, y: plot.y + 2, w: plot.w - 2, h: plot.h - 4 })
		order.forEach((m, k) => { m.place = places[k] })
	},
	// The corners of the staircase from the left edge over every member and down to the floor.
	staircase(layout) {
		const { members, plot } = layout
		return members.length ? [[plot.x, members[0].y], ...members.flatMap((m, k) => [[m.x, m.y], [m.x, members[k + 1]?.y ?? plot.bottom]])] : []
	},
	ladders: layout => layout.marks.reduce((all, m) => ((all[m.p.model] ||= []).push(m), all), []).filter(l => l.length > 1),
	lines(layout) {
		const along = (points, cost) => points.slice(1).map((p, k) => [...points[k], ...p, cost]), { plot } = layout
		return [
			...along(this.staircase(layout), 60), ...this.ladders(layout).flatMap(l => along(l.map(m => [m.x, m.y]), 26)),
			...layout.marks.flatMap(m => [[m.x, m.top, m.x, m.bottom, 34], [m.left, m.y, m.right, m.y, 34]]),
			...(layout.limitX === null ? [] : [[layout.limitX, plot.y, layout.limitX, plot.bottom, 40]]),
			...(layout.limitY === null ? [] : [[plot.x, layout.limitY, plot.right, layout.limitY, 40]])
		]
	},

	svg(view, layout) {
		const { width, height } = layout
		return this.element('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': view.name + ' The table below holds the same numbers.' },
			...this.strip(layout), ...this.axes(view, layout), ...this.hatches(layout),
			...this.ladders(layout).map(l => this.path('ladder ' + this.colour(l[0].p.model), 'M' + l.map(m => this.tenth(m.x) + ' ' + this.tenth(m.y)).join('L'))),
			...(layout.members.length ? [this.path('frontier', 'M' + this.staircase(layout).map(c => c.map(this.tenth).join(' ')).join('L'))] : []),
			...this.limits(layout), ...this.points(view, layout))
	},
	strip({ bands, plot }) {
		const top = plot.y - 22, at = this.tenth
		return bands.flatMap(b => {
			const good = b.isGood ? ' good' : '', word = [b.name, b.short].find(s => this.measure(s, 12, b.isGood) <= b.right - b.left + 2)
			return [
				...(b.isGood ? [this.element('rect', { class: 'comfort', x: at(b.left), y: top, width: at(b.right - b.left), height: at(plot.h + 22) })] : []),
				this.path('strip' + good, `M${at(b.left + 1)} ${top + 1.5}H${at(b.right - 1)}`),
				...(word ? [this.text('bandword' + good, (b.left + b.right) / 2, plot.y - 7, word, 'middle')] : [])
			]
		})
	},
	axes({ axis, quality }, layout) {
		const { plot, xScale, yScale, isNarrow, width, height } = layout, at = this.tenth, parts = []
		for (const share of FrontScale.shareTicks(yScale, 34 / plot.h)) {
			const y = layout.down(share)
			parts.push(this.path('grid', `M${plot.x} ${at(y)}H${at(plot.right)}`), this.text('tick', plot.x - 8, y + 4, Math.round(share * 100) + '%', 'end'))
		}
		parts.push(this.path('axisline', `M${plot.x} ${at(plot.bottom)}H${at(plot.right)}`))
		const longest = this.measure(FrontNumbers.fixed(Math.round(xScale.high), 0), 12)
		const ticks = FrontScale.ticks(xScale, Math.max(isNarrow ? 30 : 36, longest + 8) / plot.w), texts = FrontScale.texts(ticks)
		ticks.forEach((tick, k) => {
			const x = plot.x + FrontScale.position(xScale, tick) * plot.w, half = this.measure(texts[k], 12) / 2
			parts.push(this.path('axisline', `M${at(x)} ${at(plot.bottom)}v5`), this.text('tick', Math.max(half + 1, Math.min(x, width - half - 1)), plot.bottom + 20, texts[k], 'middle'))
		})
		parts.push(this.text('axisname', isNarrow ? 2 : plot.x, 14, this.shortened(quality, plot.w, 12.5)))
		const name = this.text('axisname', plot.right, height - 6, `${axis.title}, ${isNarrow ? axis.unit : axis.spelled}${xScale.isLog ? ' (log)' : ''}`, 'end')
		name.append(this.element('tspan', { class: 'better' }, ` ${axis.better} \u2192`))
		return [...parts, name]
	},
	// Short strokes beside each limit, on the side that it excludes.
	hatches({ plot, limitX, limitY }) {
		const at = this.tenth
		let strokes = ''
		if (limitX !== null) for (let y = plot.y + 9; y <= (limitY === null ? plot.bottom : limitY + 9); y += 8) strokes += `M${at(limitX - 9)} ${at(y)}l9-9`
		if (limitY !== null) for (let x = limitX ?? plot.x; x <= plot.right - 9; x += 8) strokes += `M${at(x)} ${at(limitY + 9)}l9-9`
		return strokes ? [this.path('hatch', strokes)] : []
	},
	limits({ plot, limitX, limitY }) {
		const limit = (key, d, cx, cy) => this.element('g', { class: 'limit' + (key === 'y' ? ' across' : ''), 'data-limit': key },
			this.path('grip', d), this.path('rule', d), this.element('circle', { class: 'knob', cx: this.tenth(cx), cy: this.tenth(cy), r: 4.5 }))
		return [
			...(limitX === null ? [] : [limit('x', `M${this.tenth(limitX)} ${plot.y}V${plot.bottom}`, limitX, plot.bottom)]),
			...(limitY === null ? [] : [limit('y', `M${plot.x} ${this.tenth(limitY)}H${plot.right}`, plot.right, limitY)])
		]
	},
	// All whiskers first: they pass under every mark and every word. Fuller marks are drawn over emptier ones.
	points(view, layout) {
		const at = this.tenth, marks = [...layout.marks].sort((a, b) => a.p.share - b.p.share || a.p.i - b.p.i)
		const whisker = m => {
			const path = this.path(`whisker ${this.colour(m.p.model)}${m.isPick ? ' of-pick' : m.p.isKept ? '' : ' dim'}`, `M${at(m.x)} ${at(m.top)}V${at(m.bottom)}M${at(m.left)} ${at(m.y)}H${at(m.right)}`)
			path.dataset.of = m.p.i
			return path
		}
		return [...marks.map(whisker), ...marks.map(m => this.point(m, layout))]
	},
	point(m, { radius }) {
		const { p, x, y, place } = m, { box, isFar, isHidden } = place, at = this.tenth, parts = []
		if (isFar) parts.push(this.path('leader', `M${at(x)} ${at(y)}L${FrontLabels.nearest(box, x, y).map(at).join(' ')}`))
		if (m.isPick) parts.push(this.mark(p.model, x, y, radius + 5, { class: 'ring' }))
		parts.push(this.mark(p.model, x, y, radius, { class: 'back' }), this.mark(p.model, x, y, radius, { class: 'dot', 'fill-opacity': p.share.toFixed(2) }))
		parts.push(this.text('label' + (m.isNamed ? ' full' : '') + (isHidden ? ' hidden' : ''), box.x + 1, box.y + box.h - (m.isPick ? 5 : 4), m.label))
		return this.element('a', { class: `point ${this.colour(p.model)}${m.isPick ? ' pick' : ''}`, ...(p.anchor && { href: '#' + p.anchor }), 'data-i': p.i, 'aria-label': p.spoken }, ...parts)
	}
}
