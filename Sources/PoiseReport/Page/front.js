{
	// The fronts: what is drawn, and how a reader moves in it. Every value, interval, front and probability is the program's.
	const create = (name, properties = {}, ...children) => {
		const element = Object.assign(document.createElement(name), properties)
		element.append(...children)
		return element
	}
	// Shows other children for a while; without any, those that stood in the markup.
	const keeper = element => {
		const own = element ? [...element.childNodes] : []
		return (...now) => element && element.replaceChildren(...(now.length ? now : own))
	}
	const clamp = (value, low, high) => Math.min(high, Math.max(low, value))
	const threes = (list, i) => list ? list.slice(3 * i, 3 * i + 3).map(v => v === '\u221E' ? Infinity : v) : [null, null, null]
	// Charts are drawn in units of the reader's font size, so that their words grow with it.
	const widthOf = box => Math.max(280, Math.round(box.clientWidth * 16 / parseFloat(getComputedStyle(document.documentElement).fontSize)))
	const sentence = words => words.charAt(0).toUpperCase() + words.slice(1)
	const N = FrontNumbers

	class Front {
		constructor(part, section, ids, machine) {
			Object.assign(this, { part, section, ids, machine, data: part.fronts, form: $('.front-form', section), box: $('.front-chart', section) })
			this.tip = create('div', { className: 'front-tip', hidden: true })
			this.box.replaceChildren(this.tip)
			this.names = this.data.candidates.map(c => {
				const model = this.data.models[c.model]
				return { model, quantization: c.id === model ? null : c.id.slice(model.length + 1) }
			})
			for (const name of ['h2', '.lead', '.view', '.method', '.undrawn', 'details table', '.along', '.beaten']) this['keep ' + name] = keeper($(name, section))
			this.limits = {}
			this.takeLimits()
			this.listen()
			this.draw()
			new ResizeObserver(() => { if (widthOf(this.box) !== this.width) this.draw() }).observe(this.box)
		}

		// MARK: what is chosen

		get chosen() {
			const f = this.form.elements
			return { axis: f.axis.value, task: Number(f.task?.value || 0), load: Number(f.load?.value || 0), profile: f.profile.value }
		}
		get isFirst() {
			const { axis, task, load } = this.chosen
			return axis === this.data.axes[0].metric && !task && !load
		}
		profile() { return this.data.profiles.find(p => p.name === this.chosen.profile) }
		takeLimits() { this.limits = { ...this.profile()?.limits } }
		stored(task, load) { return this.data.views.find(v => v.task === task && v.load === load) }
		// A task that has no front on an axis cannot be chosen with it.
		offer() {
			const { axis, task, load } = this.chosen, tasks = this.form.elements.task
			if (!tasks) return
			for (const option of tasks.options) option.disabled = !this.stored(Number(option.value), load)?.axes[axis]
			if (tasks.selectedOptions[0]?.disabled) tasks.value = '0'
			if (task !== Number(tasks.value)) this.note = 'That task is not offered on this axis: all tasks are shown. '
		}

		// MARK: what is drawn

		view() {
			const { axis: metric, task, load } = this.chosen, { data } = this, view = this.stored(task, load), column = view?.axes[metric]
			const axis = { ...data.axes.find(a => a.metric === metric) }, xs = column?.x || this.stored(0, load)?.axes[metric]?.x
			axis.title = sentence(axis.name)
			const limitX = this.limits[metric] ?? null, limitY = this.limits.accuracy ?? null, all = data.candidates.map((candidate, i) => {
				const [x, low, high] = threes(xs, i), [y, yLow, yHigh] = threes(view?.y, i), n = Array.isArray(view?.n) ? view.n[i] : view?.n
				const parts = column?.front[i] ?? null, by = column?.by[i] ?? null
				const p = { i, id: candidate.id, ...this.names[i], name: this.names[i].model, model: candidate.model, n, by, parts, x, y, low, high, y1: yLow, y2: yHigh }
				Object.assign(p, { xLow: Math.min(low ?? x, x), xHigh: Math.max(high ?? x, x), yLow: Math.min(yLow ?? y, y), yHigh: Math.max(yHigh ?? y, y), share: parts === null ? Number(by === -1) : parts / 10000 })
				const id = `c${this.ids[load] + 1}-${i + 1}`
				p.anchor = document.getElementById(id) ? id : ''
				p.isKept = (limitY === null || y >= limitY) && (limitX === null || (axis.higher ? x >= limitX : x <= limitX))
				return p
			})
			const points = all.filter(p => p.by !== null), title = task ? this.part.tasks[task - 1].title || this.part.tasks[task - 1].name : ''
			const members = points.filter(p => p.by === -1).length, bands = metric === data.axes[0].metric ? this.profile()?.bands || [] : []
			const pick = data.candidates.findIndex(c => c.id === data.loads[load].pick)
			const made = { axis, metric, task, load, title, points, all, limitX, limitY, bands, pick, models: data.models, members, quality: 'Right answers, ' + (title || 'all tasks') }
			made.name = `Right answers against ${axis.name}: ${members} of ${this.counted(points.length)} ${members === 1 ? 'is' : 'are'} on the front.`
			for (const p of points) p.spoken = this.spoken(p, axis)
			return made
		}
		counted(n) { return n + (n === 1 ? ' candidate' : ' candidates') }
		at(p) { return p.quantization === null ? p.name : `${p.name} at ${p.quantization}` }
		number(value, axis) { return axis.decimals === null ? N.threeDigits(value) : N.fixed(value, axis.decimals) }
		range(low, high, axis) { return low === null || high === null ? '' : N.range(low, high, axis.decimals ?? undefined) }
		spoken(p, axis) {
			const name = axis.metric === 'decodeTPS' ? '' : ' ' + axis.name, range = this.range(p.low, p.high, axis)
			return [`${this.at(p)}: ${N.fixed(p.y * 100, 1)}% right`, this.percents(p) + `, n = ${N.fixed(p.n, 0)}`, this.number(p.x, axis) + ' ' + axis.unit + name,
				...(range ? [range] : []), ...(p.parts === null ? [] : [`on the front in ${N.probability(p.parts)} of resamples`])].join('; ')
		}
		percents(p) { return p.y1 === null || p.y2 === null ? N.undefined : N.range(p.y1 * 100, p.y2 * 100, 1) }

		draw() {
			this.offer()
			const held = this.box.contains(document.activeElement) ? document.activeElement.closest('.point')?.dataset.i : undefined
			this.hide()
			this.current = this.view()
			this.width = widthOf(this.box)
			this.layout = FrontDrawing.layout(this.current, this.width)
			$('svg', this.box)?.remove()
			this.box.prepend(FrontDrawing.svg(this.current, this.layout))
			this.order = [...this.layout.marks].sort((a, b) => a.x - b.x || b.y - a.y).map(m => m.p.i)
			const first = held !== undefined && this.order.includes(Number(held)) ? Number(held) : this.order.includes(this.current.pick) ? this.current.pick : this.order[0]
			for (const a of $$('.point', this.box)) a.setAttribute('tabindex', Number(a.dataset.i) === first ? 0 : -1)
			if (held !== undefined) this.point(first)?.focus()
			this.fields()
			this.words()
		}
		// The fields that follow the axis, unless they are being written in.
		fields() {
			const f = this.form.elements, { axis, limitX, limitY } = this.current, put = (field, value) => { if (this.dragged || document.activeElement !== field) field.value = value === null ? '' : Number(value.toPrecision(5)) }
			put(f.limitX, limitX)
			put(f.limitY, limitY === null ? null : limitY * 100)
			$('.side', this.form).textContent = axis.higher ? 'at least' : 'at most'
			$('.unit', this.form).textContent = axis.unit
			$('.bands', this.form).hidden = axis.metric !== this.data.axes[0].metric
		}
		words() {
			const view = this.current, { axis, points, all, members, load } = view, say = (name, ...text) => this['keep ' + name](...text)
			const at = (this.data.loads.length > 1 ? ', ' + this.data.loads[load].words : '') + (this.machine ? ', on ' + this.machine : '')
			const inside = points.filter(p => p.isKept).length, isLimited = view.limitX !== null || view.limitY !== null
			$('.said', this.section).textContent = (this.note || '') + (isLimited ? `${inside} of ${points.length} keep the limits.` : '')
			this.note = ''
			if (this.isFirst) {
				for (const name of ['h2', '.lead', '.view', '.method', '.undrawn', 'details table', '.along', '.beaten']) say(name)
				return
			}
			say('h2', points.length === 0 ? 'No front to draw' + at : points.length === 1 ? 'One candidate, so no front to compare' + at
				: `${members} of ${this.counted(points.length)} ${members === 1 ? 'is' : 'are'} on the front` + at)
			say('.lead', `The stepped line joins the candidates that no other one beats. Below and to the left of it, something else is at least as right and ${{ faster: 'as fast', sooner: 'as soon', cheaper: 'as cheap', smaller: 'as small' }[axis.better] || 'takes as few'}.`)
			const tasks = this.part.tasks.length, counts = points.map(p => p.n), least = Math.min(...counts), most = Math.max(...counts)
			const n = points.length === 0 ? 'n = 0' : 'n = ' + N.fixed(least, 0) + (most > least ? '\u2013' + N.fixed(most, 0) : '')
			say('.view', `${view.task ? 'the task ' + view.title : tasks === 1 ? 'one task' : `all ${tasks} tasks`}, ${n}; ${this.data.loads[load].words}`)
			const resamples = view.task ? this.data.taskResamples : this.data.resamples
			say('.method', (axis.metric === 'decodeTPS' && !view.task ? this.data.loads[load].method : axis.method) + ` ${N.fixed(resamples, 0)} resamples.`)
			const missing = all.filter(p => p.by === null && p.n !== null && p.n !== undefined).map(p => `${this.at(p)} (${p.y === null ? 'no score' : p.x === Infinity ? '\u221E' : 'no number'})`)
			say('.undrawn', missing.length ? `Not drawn: ${N.list(missing)}.` : '')
			say('details table', ...this.table())
			this.steps()
		}

		// MARK: the numbers as tables

		columns() {
			const { points, axis } = this.current, digits = axis.decimals ?? N.column(points.map(p => p.x))
			return { value: p => p.x === null ? N.undefined : N.fixed(p.x, digits), range: p => p.low === null || p.high === null ? '' : N.range(p.low, p.high, digits) }
		}
		head(...names) {
			return create('thead', {}, create('tr', {}, ...names.map(([text, colSpan = 1]) => create('th', { scope: 'col', colSpan, textContent: text }))))
		}
		table() {
			const { axis, all } = this.current, c = this.columns(), cell = (textContent, className = '') => create('td', { textContent, className })
			const rows = all.filter(p => p.n !== null && p.n !== undefined).sort((a, b) => (b.y ?? -1) - (a.y ?? -1) || a.i - b.i).map(p => create('tr', { className: FrontDrawing.colour(p.model) },
				create('th', { scope: 'row', className: 'name', title: p.id }, FrontDrawing.glyph(p.model, p.by === null ? 0 : p.share), ' ' + p.id),
				cell(p.y === null ? N.undefined : N.fixed(p.y * 100, 1)), cell(p.y1 === null ? '' : this.percents(p), 'i'), cell(N.fixed(p.n, 0)), cell(c.value(p)), cell(c.range(p), 'i'),
				cell(p.by === null ? N.undefined : p.by === -1 ? 'yes' : 'no'), cell(N.probability(p.parts))))
			return [this.head(['Candidate'], ['Right, %', 2], ['n'], [`${axis.title}, ${axis.unit}`, 2], ['On the front'], ['% of resamples']), create('tbody', {}, ...rows)]
		}
		// What stands beside the chart, in this view.
		steps() {
			const { axis, points } = this.current, c = this.columns(), row = p => create('tr', { className: FrontDrawing.colour(p.model) })
			const link = p => create('a', { className: 'name', href: '#' + p.anchor }, FrontDrawing.glyph(p.model, p.share), p.id)
			const small = text => create('small', { textContent: text }), hush = create('span', { className: 'hush', textContent: 'Candidate' })
			const steps = this.layout.members.map(({ p }) => {
				const tr = row(p)
				tr.append(create('th', { scope: 'row' }, link(p), small(p.parts === null ? '' : N.probability(p.parts) + ' of resamples')),
					create('td', {}, N.fixed(p.y * 100, 1), small(p.y1 === null ? '' : this.percents(p))), create('td', {}, c.value(p), small(c.range(p))))
				return tr
			})
			const beaten = points.filter(p => p.by >= 0).sort((a, b) => b.share - a.share || a.i - b.i).map(p => {
				const tr = row(p)
				tr.append(create('th', { scope: 'row' }, link(p)), create('td', { textContent: this.data.candidates[p.by].id }))
				return tr
			})
			const block = (place, title, head, rows) => {
				$('th', head).append(hush.cloneNode(true))
				this['keep ' + place](...(rows.length ? [create('h3', { textContent: title }), create('table', { className: 'steps' }, head, create('tbody', {}, ...rows))] : ['']))
			}
			block('.along', 'Along the front', this.head([''], ['right, %'], [axis.unit]), steps)
			block('.beaten', 'Beaten, and by what', this.head([''], ['by']), beaten)
		}

		// MARK: moving in it

		point(i) { return $(`.point[data-i="${i}"]`, this.box) }
		show(i) {
			const mark = this.layout.marks.find(m => m.p.i === i)
			if (!mark || this.live === i) return
			this.hide()
			this.live = i
			this.point(i).classList.add('live')
			$(`.whisker[data-of="${i}"]`, this.box).classList.add('live')
			this.box.classList.add('focus')
			const { p } = mark, { axis, load } = this.current, memory = axis.metric === 'memory' ? null : this.data.axes.find(a => a.metric === 'memory')
			const held = memory ? threes(this.stored(0, load)?.axes.memory?.x, i)[0] : null
			const rows = [['Right', N.fixed(p.y * 100, 1) + '%', p.y1 === null ? '' : this.percents(p)], [axis.title, `${this.number(p.x, axis)} ${axis.unit}`, this.range(p.low, p.high, axis)],
				...(p.parts === null ? [] : [['On the front', N.probability(p.parts), 'of resamples']]), ...(held === null || held === undefined ? [] : [['Memory', `${N.threeDigits(held)} ${memory.unit}`, '']]), ['n', N.fixed(p.n, 0), '']]
			this.tip.replaceChildren(create('b', { className: 'key ' + FrontDrawing.colour(p.model), textContent: p.name }), ' ', create('b', { textContent: p.quantization || '' }),
				create('dl', {}, ...rows.flatMap(([name, value, range]) => [create('dt', { textContent: name }), create('dd', { textContent: value }), create('dd', { textContent: range })])),
				create('p', { textContent: p.by === -1 ? 'Nothing beats it.' : `Beaten by ${this.data.candidates[p.by].id}.` }))
			this.tip.hidden = false
			const scale = this.scale(), x = mark.x * scale, y = mark.y * scale, frame = this.box.clientWidth, w = this.tip.offsetWidth, h = this.tip.offsetHeight
			this.tip.style.left = clamp(x + (x > frame * .6 ? -w - 16 : 16), 4, Math.max(4, frame - w - 4)) + 'px'
			this.tip.style.top = (y > h + 12 ? y - h - 8 : y + 26) + 'px'
		}
		hide() {
			this.live = null
			this.tip.hidden = true
			this.box.classList.remove('focus')
			for (const live of $$('.live', this.box)) live.classList.remove('live')
		}
		// Pixels in a unit of the drawing.
		scale() { return this.box.clientWidth / this.layout.width }
		where(event) {
			const frame = $('svg', this.box).getBoundingClientRect()
			return { x: (event.clientX - frame.left) / this.scale(), y: (event.clientY - frame.top) / this.scale() }
		}
		nearest(event) {
			const { x, y } = this.where(event), away = m => Math.hypot(m.x - x, m.y - y)
			const [mark] = [...this.layout.marks].sort((a, b) => away(a) - away(b))
			return mark && away(mark) * this.scale() < 26 ? mark.p.i : -1
		}
		drag(event) {
			const { x, y } = this.where(event), { plot, xScale, yScale } = this.layout, inside = share => clamp(share, .002, .998)
			if (this.dragged === 'x') this.limits[this.chosen.axis] = Number(FrontScale.valueAt(xScale, inside((x - plot.x) / plot.w)).toPrecision(3))
			else this.limits.accuracy = clamp(Math.round(100 * FrontScale.valueAt(yScale, inside((plot.bottom - y) / plot.h))) / 100, 0, 1)
			this.draw()
		}
		listen() {
			const { form, box } = this
			let before = null
			on(form, 'submit', event => event.preventDefault())
			on(form, 'input', event => {
				const { name, value } = event.target, number = value.trim() === '' ? undefined : Number(value)
				if (name === 'profile') this.takeLimits()
				if (name === 'limitX') this.limits[this.chosen.axis] = number
				if (name === 'limitY') this.limits.accuracy = number === undefined ? undefined : number / 100
				this.draw()
			})
			on(box, 'pointerdown', event => {
				before = this.live
				const limit = event.target.closest('.limit')
				if (!limit) return
				event.preventDefault()
				this.dragged = limit.dataset.limit
				box.setPointerCapture(event.pointerId)
			})
			on(box, 'pointermove', event => {
				if (this.dragged) return this.drag(event)
				const i = this.nearest(event)
				if (i >= 0) this.show(i)
				else if (event.pointerType === 'mouse' && !box.contains(document.activeElement)) this.hide()
			})
			for (const type of ['pointerup', 'pointercancel']) on(box, type, () => setTimeout(() => { this.dragged = null }))
			on(box, 'pointerleave', () => { if (!box.contains(document.activeElement)) this.hide() })
			// A click near a point opens its candidate; on a touch screen the first tap shows the numbers.
			on(box, 'click', event => {
				if (event.detail === 0) return
				const i = this.dragged ? -1 : this.nearest(event), anchor = this.current.all[i]?.anchor
				event.preventDefault()
				if (i < 0) return
				if (event.pointerType === 'touch' && before !== i) this.show(i)
				else if (anchor) location.hash = anchor
			})
			on(box, 'focusin', event => { const point = event.target.closest('.point'); if (point) this.show(Number(point.dataset.i)) })
			on(box, 'focusout', () => this.hide())
			on(box, 'keydown', event => {
				if (event.key === 'Escape') return this.hide()
				const point = event.target.closest('.point'), step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key]
				if (!point || !step) return
				event.preventDefault()
				const next = this.point(this.order[clamp(this.order.indexOf(Number(point.dataset.i)) + step, 0, this.order.length - 1)])
				point.setAttribute('tabindex', -1)
				next.setAttribute('tabindex', 0)
				next.focus()
			})
		}
	}

	// Sections stand in the order of the machines and their loads; the first one of a machine shows all of its loads.
	const parts = [DATA, ...DATA.otherMachines], sections = $$('section.front')
	let count = 0
	parts.forEach((part, index) => {
		const loads = part.fronts?.loads.length || 1, own = sections.slice(count, count + loads), ids = own.map((_, k) => count + k)
		count += loads
		if (!part.fronts || !own[0] || !$('.front-form', own[0])) return
		new Front(part, own[0], ids, parts.length > 1 ? 'machine ' + (index < 26 ? String.fromCharCode(65 + index) : index + 1) : '')
		for (const section of own.slice(1)) section.hidden = true
	})
}
