{
	// Samples: which ones are shown, and whose verdicts stand beside them. All texts are in the markup already.
	const words = { r: ['y', 'right'], w: ['w', 'wrong'], u: ['u', 'unscored'], f: ['f', 'failed'], '-': ['n', 'not asked'] }

	const kinds = {
		all: () => true,
		flipped: (a, b) => a + b === 'rw' || a + b === 'wr',
		lost: (a, b) => a + b === 'rw',
		gained: (a, b) => a + b === 'wr',
		right: (a, b) => a === 'r' && b === 'r',
		wrong: (a, b) => a === 'w' && b === 'w',
		unscored: (a, b) => a === 'u' || b === 'u',
		failed: (a, b) => a === 'f' || b === 'f'
	}

	const arrange = section => {
		const form = $('form', section)
		if (!form) return
		const { base, other, of, words: search } = form.elements
		const said = $('[role=status]', section), head = $$('.colhead span', section), rows = $$('.sample-list > details', section)
		// What the words are looked for in: made when first needed, since it is as long as the page.
		const texts = new Map()
		const text = row => {
			if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase())
			return texts.get(row)
		}
		const pair = () => [base ? base.selectedIndex : 0, other ? other.selectedIndex : 0]

		const name = () => {
			const places = pair()
			if (base) head.slice(1, 3).forEach((cell, index) => { cell.textContent = [base, other][index].value })
			for (const row of rows) {
				$$(':scope > summary > b', row).forEach((cell, index) => {
					const [kind, word] = words[row.dataset.o[places[index]]]
					cell.className = kind
					cell.textContent = word
				})
			}
		}

		const filter = () => {
			const [a, b] = pair(), task = of && of.selectedIndex > 0 ? String(of.selectedIndex - 1) : null
			const wanted = search.value.trim().toLowerCase(), kind = form.elements.kind.value
			const counts = Object.fromEntries(Object.keys(kinds).map(name => [name, 0]))
			let shown = 0
			for (const row of rows) {
				const outcomes = row.dataset.o
				const isMeant = (task === null || row.dataset.t === task) && (!wanted || text(row).includes(wanted))
				if (isMeant) for (const name in kinds) if (kinds[name](outcomes[a], outcomes[b])) counts[name]++
				const isShown = isMeant && kinds[kind](outcomes[a], outcomes[b])
				if (row.hidden === isShown) row.hidden = !isShown
				if (isShown) shown++
			}
			for (const chip of form.elements.kind) {
				$('em', chip.parentElement).textContent = counts[chip.value]
				// The chosen one stays reachable, so that a keyboard is not lost.
				chip.disabled = counts[chip.value] === 0 && !chip.checked && chip.value !== 'all'
			}
			const line = shown ? `${shown} of the ${rows.length} samples on this page` : 'No sample on this page matches; poise export has all of them'
			if (said.textContent !== line) said.textContent = line
		}

		let waiting
		on(form, 'submit', event => event.preventDefault())
		on(form, 'change', event => {
			if (event.target === base || event.target === other) name()
			if (event.target !== search) filter()
		})
		on(search, 'input', () => {
			clearTimeout(waiting)
			waiting = setTimeout(filter, 150)
		})
		// A reader who comes back may find the controls as they were left.
		name()
		filter()

		const reveal = () => {
			const row = location.hash.startsWith('#s-') && document.getElementById(location.hash.slice(1))
			if (!row || !rows.includes(row)) return
			if (row.hidden) {
				form.reset()
				name()
				filter()
			}
			row.open = true
			row.scrollIntoView()
		}
		on(window, 'hashchange', reveal)
		reveal()
	}

	$$('.samples').forEach(arrange)
}
