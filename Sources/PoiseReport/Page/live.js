// While the run goes on: asks how far it is, and loads the page again when a newer one is there, as the reader left it.
{
	const shown = Number(document.documentElement.dataset.live)
	const memory = 'poise-live'
	let state = null
	let misses = 0
	let timer = 0

	// The notice that says how far the run is.
	const notice = document.createElement('div')
	notice.className = 'notice live'
	const line = document.createElement('p')
	line.className = 'wrap'
	const mark = document.createElement('b')
	mark.textContent = 'Live'
	const words = document.createElement('span')
	words.setAttribute('role', 'status')
	words.textContent = 'asking how far the run is'
	const button = document.createElement('button')
	button.type = 'button'
	button.textContent = 'Show the newer numbers'
	button.hidden = true
	line.append(mark, words, button)
	notice.append(line)
	$('header.site').prepend(notice)
	on(button, 'click', () => renew())

	const say = (text) => {
		// A line that is said again would be read out again.
		if (words.textContent !== text) words.textContent = text
	}

	// What somebody is in the middle of is not taken away.
	const isBusy = () => {
		const selection = getSelection()
		if (selection && !selection.isCollapsed) return true
		if (document.activeElement?.matches('input:not([type=checkbox],[type=radio]),textarea')) return true
		return $('.player[data-state=playing]') !== null
	}

	// A name that the same element has on the next page.
	const named = (elements) => {
		const seen = new Map()
		return elements.map((element) => {
			const said = element.matches('details') ? $('summary', element) : element
			const text = element.getAttribute('aria-label') || element.name || said?.textContent.trim().slice(0, 80)
			const base = element.id || `${element.tagName} ${text}`
			const count = seen.get(base) ?? 0
			seen.set(base, count + 1)
			return [`${base} ${count}`, element]
		})
	}
	const details = () => named($$('details'))
	const fields = () => named($$('main input,main select'))
	const switches = () => named($$('main [aria-pressed]'))
	const focusable = () => named($$('a,button,input,select,summary,[tabindex]'))

	const top = () => {
		const anchor = $$('main [id]').find((element) => element.getBoundingClientRect().bottom > 0)
		return anchor ? [anchor.id, anchor.getBoundingClientRect().top] : null
	}

	const remember = () => {
		const focus = focusable().find(([, element]) => element === document.activeElement)
		keep(JSON.stringify({
			page: location.pathname,
			open: details().map(([name, element]) => [name, element.open]),
			fields: fields().map(([name, element]) => [name, element.value, element.checked === true]),
			pressed: switches().filter(([, element]) => element.getAttribute('aria-pressed') === 'true').map(([name]) => name),
			focus: focus ? focus[0] : null,
			top: top(),
		}))
	}

	// A browser may refuse to store anything: then the next page begins anew, and comes all the same.
	const keep = (text) => {
		try {
			sessionStorage.setItem(memory, text)
		} catch {}
	}

	const kept = () => {
		try {
			const text = sessionStorage.getItem(memory)
			sessionStorage.removeItem(memory)
			return text ? JSON.parse(text) : null
		} catch {
			return null
		}
	}

	const restore = (kept) => {
		if (kept?.page !== location.pathname) return
		history.scrollRestoration = 'manual'
		const open = new Map(kept.open)
		for (const [name, element] of details()) element.open = open.get(name) ?? element.open
		const values = new Map(kept.fields.map(([name, value, isChecked]) => [name, [value, isChecked]]))
		for (const [name, element] of fields()) {
			const before = values.get(name)
			if (!before || (element.value === before[0] && (element.checked === true) === before[1])) continue
			if (element.type === 'checkbox' || element.type === 'radio') element.checked = before[1]
			else element.value = before[0]
			for (const type of ['input', 'change']) element.dispatchEvent(new Event(type, { bubbles: true }))
		}
		const pressed = new Set(kept.pressed)
		for (const [name, element] of switches())
			if (pressed.has(name) !== (element.getAttribute('aria-pressed') === 'true')) element.click()
		focusable().find(([name]) => name === kept.focus)?.[1].focus({ preventScroll: true })
		const anchor = kept.top && document.getElementById(kept.top[0])
		if (anchor) scrollBy({ top: anchor.getBoundingClientRect().top - kept.top[1], behavior: 'instant' })
	}

	const renew = () => {
		remember()
		location.reload()
	}

	const show = () => {
		const isNewer = state.version > shown
		if (state.ended !== null && !isNewer) {
			mark.textContent = 'Ended'
			say(`${state.progress}. This page is kept in ${state.ended}; this address is gone now.`)
			return
		}
		say(`${state.progress}${state.problem ? `. ${state.problem}` : ''}`)
		if (!isNewer) return
		if (isBusy()) button.hidden = false
		else renew()
	}

	const ask = async () => {
		clearTimeout(timer)
		try {
			const answer = await fetch('state', { cache: 'no-store', credentials: 'omit' })
			if (!answer.ok) throw new Error(answer.status)
			state = await answer.json()
			misses = 0
			show()
		} catch {
			misses += 1
			if (misses > 2) {
				mark.textContent = 'No answer'
				button.hidden = true
				say('Poise no longer answers here. This page is the last that it gave.')
				return
			}
		}
		if (state?.ended === null || state?.version > shown || misses > 0) timer = setTimeout(ask, 2000)
	}

	restore(kept())
	on(document, 'visibilitychange', () => {
		if (document.hidden) clearTimeout(timer)
		else ask()
	})
	ask()
}
