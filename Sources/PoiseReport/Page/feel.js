{
	// The player: recorded responses, shown at their own pace. It opens at the end and moves only when it is asked to.
	const NS = 'http://www.w3.org/2000/svg'
	const PARTS = [DATA, ...DATA.otherMachines]
	const MOST_LANES = 4
	// With more strokes than this they are drawn finer, so that pauses still show.
	const FINE_FROM = 250

	const make = (name, attributes = {}, text) => {
		const element = document.createElement(name)
		for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
		if (text !== undefined) element.textContent = text
		return element
	}
	const draw = (name, attributes, text) => {
		const element = document.createElementNS(NS, name)
		for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
		if (text !== undefined) element.textContent = text
		return element
	}
	const grouped = text => text.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
	const threeDigits = value => value >= 99.5 ? grouped(value.toFixed(0)) : value.toFixed(value >= 9.95 ? 1 : 2)
	const unitOf = end => end < 1000 ? [1, 'ms'] : [1000, 's']
	const timeText = (time, end) => {
		const [unit, name] = unitOf(end), [whole, tenth] = (time / unit).toFixed(1).split('.')
		return `${grouped(whole)}.${tenth} ${name}`
	}

	// ---- a response on its clock ----

	// For each number of code points the length in UTF-16 up to the last whole character: no emoji is shown half.
	const segmenter = globalThis.Intl && Intl.Segmenter ? new Intl.Segmenter() : null
	function cuts(text) {
		const lengths = [0], characters = segmenter ? segmenter.segment(text) : Array.from(text, segment => ({ segment }))
		let length = 0
		for (const { segment } of characters) {
			const points = Array.from(segment).length
			for (let k = 1; k < points; k++) lengths.push(length)
			length += segment.length
			lengths.push(length)
		}
		return lengths
	}

	function passageOf(passage) {
		const lengths = cuts(passage.text)
		return { ...passage, lengths, end: passage.start + (passage.kind === 'asked' ? 0 : lengths.length - 1) }
	}

	// A take with the time and the reach of every chunk; at a constant pace its tokens come evenly after its first.
	function recording(take, pace) {
		const passages = take.passages.map(passageOf), thinking = passages.filter(p => p.kind === 'thinking')
		const asked = passages.filter(p => p.kind === 'asked').map(p => p.start)
		const times = [], reach = [], thought = [], starts = []
		let time = 0, arrived = 0, next = 0
		take.gaps.forEach((gap, k) => {
			while (next < asked.length && asked[next] <= arrived) { if (k) starts.push(k); next++ }
			if (!k) starts.push(0)
			time += gap
			times.push(time)
			thought.push(thinking.some(p => p.start <= arrived && arrived < p.end))
			arrived += Array.isArray(take.characters) ? take.characters[k] : take.characters
			reach.push(arrived)
		})
		const spread = times.length - starts.length
		const perChunk = take.decodedTokens && spread > 0 ? take.decodedTokens / spread : null
		if (pace) times.forEach((_, k) => { times[k] = times[0] + k * (perChunk || 1) * 1000 / pace })
		return { take, pace, passages, times, reach, thought, starts, perChunk: pace ? perChunk || 1 : perChunk, last: times[times.length - 1] || 0 }
	}

	// How many chunks had arrived: times only rise.
	function arrivedAt(times, now) {
		let low = 0, high = times.length
		while (low < high) {
			const middle = (low + high) >> 1
			if (times[middle] <= now) low = middle + 1
			else high = middle
		}
		return low
	}

	// Tokens behind the first chunk of this turn over the time since it, in tok/s.
	function rateText({ times, starts, perChunk, last }, shown, now) {
		const first = starts.filter(start => start < shown).pop(), span = Math.min(now, last) - times[first]
		if (!perChunk || !(shown - first > 1) || !(span > 0)) return '–'
		return threeDigits((shown - 1 - first) * perChunk / span * 1000) + ' tok/s'
	}

	function stateOf({ take, times, thought, last }, shown, now, end) {
		const { score, completeAt } = take, isRight = score !== null && score >= .5
		if (isRight && completeAt !== null && shown > completeAt) return ['right', 'right at ' + timeText(times[completeAt], end)]
		if (now >= last) return score === null ? ['unscored', 'not scored'] : isRight ? ['right', 'right'] : ['wrong', 'wrong']
		return ['', !shown ? 'waiting' : thought[shown - 1] ? 'thinking' : 'writing']
	}

	// ---- what is drawn ----

	const placeOf = (time, end) => 2 + Math.min(Math.max(time / end, 0), 1) * 996
	const percent = (time, end) => (placeOf(time, end) / 10).toFixed(2) + '%'

	function strip({ take, times, thought }, end) {
		const stroke = (k, top) => `M${placeOf(times[k], end).toFixed(1)} ${top}V28`
		const strokes = (wanted, top) => times.map((_, k) => thought[k] === wanted ? stroke(k, top) : '').join('')
		const fine = times.length > FINE_FROM ? ' fine' : ''
		const lane = draw('svg', { class: 'lane', width: '100%', height: 42, 'aria-hidden': 'true' })
		const beats = draw('svg', { width: '100%', height: 28, viewBox: '0 0 1000 28', preserveAspectRatio: 'none' })
		beats.append(draw('path', { class: 'beat thought' + fine, d: strokes(true, 15) }), draw('path', { class: 'beat' + fine, d: strokes(false, 8) }))
		lane.append(beats, draw('line', { class: 'axisline', x2: '100%', y1: 28.5, y2: 28.5 }), ...ticks(end))
		if (take.score >= .5 && take.completeAt !== null) {
			const done = draw('svg', { class: 'done', x: percent(times[take.completeAt], end) })
			done.append(draw('path', { d: 'M0 2V28' }), draw('path', { class: 'flag', d: 'M0 1l8 4l-8 4z' }))
			lane.append(done)
		}
		lane.append(draw('line', { class: 'playhead', y1: 4, y2: 28 }))
		return lane
	}

	function ticks(end) {
		const [unit, name] = unitOf(end), least = end * .13 / unit, decade = 10 ** Math.floor(Math.log10(least))
		const step = [1, 2, 5, 10].map(n => n * decade).find(n => n >= least * (1 - 1e-9)), list = []
		for (let k = 0; k * step * unit <= end * .97; k++) {
			const text = (k * step).toFixed(Math.max(0, -Math.floor(Math.log10(step))))
			list.push(draw('text', { class: 'tick', x: k ? percent(k * step * unit, end) : 0, y: 41, 'text-anchor': k ? 'middle' : 'start' }, k ? text : '0 ' + name))
		}
		return list
	}

	// Two spans: what has come, and what keeps its room.
	function block(passage) {
		const asked = passage.kind === 'asked', thinks = passage.kind === 'thinking'
		const form = thinks ? 'said' : asked ? 'asked' : passage.kind === 'prose' ? 'said prose' : 'said code'
		const box = make('div', { class: form, dir: 'auto' })
		if (asked) box.append(make('b', {}, 'Asked:'), ' ')
		const come = make('span'), rest = make('span', { class: 'rest' })
		box.append(come, rest)
		if (!thinks) return { passage, box, come, rest }
		const words = passage.text.split(/\s+/).filter(Boolean).length, fold = make('details', { class: 'thinking' })
		fold.append(make('summary', {}, `Thinking, ${grouped(String(words))} word${words === 1 ? '' : 's'}`), box)
		return { passage, box: fold, come, rest, fold }
	}

	// ---- one player ----

	function start(player) {
		const scenes = PARTS[player.dataset.part].scenes, find = selector => $(selector, player)
		const [scrub, tempo, said, add] = ['input[type=range]', '.tempo select', '[aria-live]', '[data-do=add]'].map(find)
		const paces = $$('[data-pace]', player).map(button => button.dataset.pace)
		let scene = scenes[0], lanes = [], now = 0, end = 1, playing = false, origin = null, from = 0

		function setScene(index) {
			scene = scenes[index]
			find('.ask span').textContent = scene.question
			reachAsk()
			for (const lane of lanes) fill(lane.select, lane.chosen)
			arrange()
		}

		function takeLane(element, chosen) {
			const lane = { element, chosen, find: selector => $(selector, element), select: $('select', element) }
			fill(lane.select, chosen)
			on(lane.select, 'change', () => { lane.chosen = lane.select.value; arrange() })
			on(lane.find('.drop'), 'click', () => dropLane(lane))
			lanes.push(lane)
			return lane
		}

		// The candidates that have a response to this question; one that has none gives its lane to the next that has.
		function fill(select, chosen) {
			const recorded = make('optgroup', { label: 'Recorded' }), constant = make('optgroup', { label: `Constant pace, the text of ${scene.takes[0].candidate}` })
			for (const take of scene.takes) recorded.append(make('option', { value: 'c' + take.candidate }, take.candidate))
			for (const pace of paces) constant.append(make('option', { value: 'p' + pace }, pace + ' tok/s'))
			select.replaceChildren(recorded, constant)
			select.value = chosen
			if (select.selectedIndex < 0) select.value = 'c' + (scene.takes.find(take => !lanes.some(lane => lane.chosen === 'c' + take.candidate)) || scene.takes[0]).candidate
		}

		function arrange() {
			for (const lane of lanes) {
				const value = lane.select.value, take = value[0] === 'c' && scene.takes.find(t => t.candidate === value.slice(1))
				lane.recording = take ? recording(take) : recording(scene.takes[0], +value.slice(1))
				lane.blocks = lane.recording.passages.map(block)
				lane.find('.page').replaceChildren(...lane.blocks.map(b => b.box))
				lane.find('.who').textContent = $('option:checked', lane.select).textContent
				lane.find('.cut').textContent = cutText(lane.recording.take)
			}
			end = Math.max(1, ...lanes.map(lane => lane.recording.last)) * 1.02
			for (const lane of lanes) lane.find('.strip').replaceChildren(strip(lane.recording, end))
			lanes.forEach((lane, k) => {
				lane.select.setAttribute('aria-label', `Response in lane ${k + 1}`)
				lane.find('.page').setAttribute('aria-label', `Response in lane ${k + 1}`)
				lane.find('.drop').setAttribute('aria-label', `Remove lane ${k + 1}`)
				lane.find('.drop').hidden = lanes.length < 3
			})
			find('.lanes').dataset.lanes = lanes.length
			add.hidden = lanes.length >= MOST_LANES
			jump(end)
			reserve()
			say()
		}

		function cutText({ leftOut, passages }) {
			if (!leftOut) return ''
			const shown = passages.filter(p => p.kind !== 'asked').reduce((sum, p) => sum + Array.from(p.text).length, 0)
			return `The first ${grouped(String(shown))} characters. ${leftOut === 1 ? 'One more is' : grouped(String(leftOut)) + ' more are'} in the database only.`
		}

		function addLane() {
			const element = lanes[lanes.length - 1].element.cloneNode(true)
			find('.lanes').append(element)
			const free = scene.takes.find(take => !lanes.some(lane => lane.chosen === 'c' + take.candidate)) || scene.takes[0]
			const lane = takeLane(element, 'c' + free.candidate)
			arrange()
			lane.select.focus()
		}

		function dropLane(lane) {
			lanes = lanes.filter(other => other !== lane)
			lane.element.remove()
			arrange()
			lanes[lanes.length - 1].select.focus()
		}

		// A long question is scrolled, which takes a place among what keys reach.
		function reachAsk() {
			const ask = find('.ask')
			if (ask.scrollHeight > ask.clientHeight) ask.tabIndex = 0
			else ask.removeAttribute('tabindex')
		}

		// Thinking that opens while it is written takes room, which is kept beforehand.
		function reserve() {
			for (const { blocks, find } of lanes) {
				const page = find('.page'), folds = blocks.filter(b => b.fold)
				page.style.minHeight = ''
				if (!folds.length) continue
				folds.forEach(b => { b.fold.open = true })
				const height = page.offsetHeight
				folds.forEach(b => { b.fold.open = b.isOpen === true })
				page.style.minHeight = height + 'px'
			}
		}

		function show() {
			for (const lane of lanes) showLane(lane)
			scrub.value = Math.round(now / end * 1000)
			scrub.setAttribute('aria-valuetext', `${timeText(now, end)} of ${timeText(end, end)}`)
			find('[data-do=play]').textContent = playing ? 'Pause' : now > 0 && now < end ? 'Continue' : 'Play'
			player.dataset.state = playing ? 'playing' : now >= end ? 'ended' : 'paused'
		}

		function showLane({ element, find, recording, blocks }) {
			const { times, reach, last } = recording, shown = arrivedAt(times, now), count = shown ? reach[shown - 1] : 0
			for (const b of blocks) {
				const { start, lengths, end: stop, kind, text } = b.passage
				const cut = kind === 'asked' ? count >= start && shown ? text.length : 0 : lengths[Math.min(Math.max(count - start, 0), lengths.length - 1)]
				if (b.cut !== cut) { b.come.textContent = text.slice(0, cut); b.rest.textContent = text.slice(cut); b.cut = cut }
				if (kind === 'asked') b.box.classList.toggle('rest', !cut)
				if (b.fold) unfold(b, count >= start && count < stop && shown > 0 && now < end)
			}
			const [verdict, text] = stateOf(recording, shown, now, end), state = find('.state')
			if (state.textContent !== text) { state.textContent = text; state.dataset.verdict = verdict }
			find('.clock').textContent = timeText(Math.min(now, last), end)
			find('.rate').textContent = rateText(recording, shown, now)
			const head = find('.playhead'), at = percent(now, end)
			head.setAttribute('x1', at)
			head.setAttribute('x2', at)
			head.setAttribute('visibility', now >= end ? 'hidden' : 'visible')
			element.dataset.now = Math.min(now, last).toFixed(1)
			element.dataset.shown = shown
			if (now < end) follow(find('.page'), blocks)
		}

		// Only when thinking begins or ends, so that a reader may open and close it meanwhile.
		function unfold(b, isOpen) {
			if (b.isOpen !== isOpen) b.fold.open = b.isOpen = isOpen
		}

		// Keeps in sight what is being written, in a box that is too small for all of it.
		function follow(page, blocks) {
			if (page.scrollHeight <= page.clientHeight) return
			const writing = blocks.find(b => b.rest.textContent && b.passage.kind !== 'asked'), line = writing && writing.rest.getClientRects()[0]
			if (!line) return
			const box = page.getBoundingClientRect()
			if (line.bottom > box.bottom - 12) page.scrollTop += line.bottom - box.bottom + 12 + box.height / 3
			else if (line.top < box.top) page.scrollTop += line.top - box.top - 12
		}

		function say() {
			said.textContent = lanes.map(lane => `${$('option:checked', lane.select).textContent}: ${stateOf(lane.recording, lane.recording.times.length, end, end)[1]}, over at ${timeText(lane.recording.last, end)}`).join('; ')
		}

		// The frame's own time against the moment at which playing began: late frames lose nothing.
		function frame(time) {
			if (!playing) return
			if (origin === null) origin = time
			now = Math.min(end, from + (time - origin) * tempo.value)
			if (now >= end) playing = false
			show()
			if (playing) requestAnimationFrame(frame)
			else say()
		}

		function jump(to) {
			playing = false
			now = to
			show()
		}

		function play() {
			if (playing) return jump(now)
			if (now >= end) now = 0
			for (const lane of lanes) lane.find('.page').scrollTop = 0
			playing = true
			origin = null
			from = now
			show()
			requestAnimationFrame(frame)
		}

		const actions = { play, restart: () => jump(0), finish: () => jump(end), add: addLane }
		on(player, 'click', event => {
			const button = event.target.closest('button')
			if (!button) return
			if (button.dataset.do) actions[button.dataset.do]()
			if (!button.dataset.pace) return
			const lane = lanes[lanes.length - 1]
			lane.select.value = lane.chosen = 'p' + button.dataset.pace
			arrange()
		})
		on(scrub, 'input', () => jump(scrub.value / 1000 * end))
		on(tempo, 'change', () => { origin = null; from = now })
		for (const radio of $$('input[type=radio]', player)) on(radio, 'change', () => setScene(+radio.value))
		on(window, 'beforeprint', () => jump(end))
		let width = innerWidth
		on(window, 'resize', () => { if (innerWidth !== width) { width = innerWidth; reserve(); reachAsk() } })

		for (const element of $$('.laneblock', player)) takeLane(element, 'c' + $('.who', element).textContent)
		arrange()
		reachAsk()
		said.textContent = ''
		// A browser that comes back to a page keeps what was chosen there.
		const chosen = $('input[type=radio]:checked', player)
		if (chosen && chosen.value !== '0') setScene(+chosen.value)
	}

	for (const player of $$('.player')) start(player)
}
