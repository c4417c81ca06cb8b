// The frame: what every section uses, the theme, sorting, the section that is read. The page reads without all of it.
const $ = (selector, from = document) => from.querySelector(selector)
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)]
const on = (element, type, listener) => element.addEventListener(type, listener)
// Marks that turn the direction of writing are shown, here as in the markup: a name must not turn the words after it.
const DATA = JSON.parse($('#data').textContent, (key, value) => typeof value === 'string' ? value.replace(/[\u202A-\u202E\u2066-\u2069]/g, '\uFFFD') : value)

// What changed, once, for those who cannot see it.
const say = words => { $('#said').textContent = words }

document.documentElement.classList.add('js')
{
// Nothing is kept: the page asks no storage of the reader's machine.
on($('#theme'), 'change', event => { document.documentElement.dataset.theme = event.target.value })

// Copying needs leave of the browser, which it may not give a file: then the text is selected, to be copied by hand.
const select = element => {
	const range = document.createRange()
	range.selectNodeContents(element)
	const selection = getSelection()
	selection.removeAllRanges()
	selection.addRange(range)
}
const copy = async (button, before) => {
	const source = document.getElementById(button.dataset.copy)
	try {
		await navigator.clipboard.writeText(source.textContent)
		button.textContent = 'Copied'
	} catch {
		if (source.getClientRects().length) select(source)
		button.textContent = source.getClientRects().length ? 'Selected: copy it' : 'Not allowed here'
	}
	say(button.textContent)
	setTimeout(() => { button.textContent = before }, 2400)
}
for (const button of $$('[data-copy]')) {
	const before = button.textContent
	on(button, 'click', () => copy(button, before))
}

// Sorting. A head may span two columns and the drawings stand in columns without one, so that places are added up.
const column = head => [...head.parentNode.cells].slice(0, head.cellIndex).reduce((sum, cell) => sum + cell.colSpan, 0)
const key = (row, place) => {
	const cell = row.cells[place]
	const text = cell.dataset.sort ?? cell.textContent.replaceAll(',', '')
	const number = parseFloat(text)
	return Number.isNaN(number) ? null : number
}
const sort = (table, head, button) => {
	const was = head.getAttribute('aria-sort')
	const up = was ? was === 'descending' : head.dataset.first === 'up'
	const place = column(head)
	const rows = [...table.tBodies[0].rows].map((row, index) => ({ row, index, key: key(row, place) }))
	// What is undefined stands last, whichever way; equals stay as they were.
	rows.sort((a, b) => {
		if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.index - b.index
		return a.key === b.key ? a.index - b.index : (a.key < b.key) === up ? -1 : 1
	})
	for (const other of $$('[aria-sort]', head.parentNode)) other.removeAttribute('aria-sort')
	head.setAttribute('aria-sort', up ? 'ascending' : 'descending')
	table.tBodies[0].append(...rows.map(({ row }) => row))
	say(`Sorted by ${button.innerText.replace(/\s+/g, ' ')}, ${up ? 'ascending' : 'descending'}`)
}
for (const table of $$('table.sortable')) for (const head of $$('thead th', table)) {
	const button = document.createElement('button')
	button.type = 'button'
	button.append(...head.childNodes)
	head.append(button)
	on(button, 'click', () => sort(table, head, button))
}

// A candidate opens: its row is marked, and what served it is unfolded.
const open = () => {
	const target = location.hash && document.getElementById(location.hash.slice(1))
	for (const row of $$('tr.here')) row.classList.remove('here')
	if (!target) return
	const details = target.closest('details')
	if (details && !details.open) {
		details.open = true
		target.scrollIntoView()
	}
	const link = target.matches('tr') && $('th a', target)
	const server = link && document.getElementById(link.hash.slice(1))
	if (server) server.closest('details').open = true
	for (const own of $$('th a')) if (own.hash === location.hash && details) own.closest('tr').classList.add('here')
}
on(window, 'hashchange', open)
open()

// The section that is read.
const bar = $('.toc')
const links = new Map($$('a', bar).map(link => [link.hash.slice(1), link]))
const current = link => {
	if (!link || link.hasAttribute('aria-current')) return
	for (const other of links.values()) other.removeAttribute('aria-current')
	link.setAttribute('aria-current', 'true')
	bar.scrollLeft = link.offsetLeft - bar.clientWidth / 2 + link.offsetWidth / 2
}
// Sections of further loads and machines have a number behind their name.
const spy = new IntersectionObserver(seen => {
	for (const entry of seen) if (entry.isIntersecting) current(links.get(entry.target.id.replace(/-\d+$/, '')))
}, { rootMargin: '-15% 0px -75%' })
for (const section of $$('main section')) spy.observe(section)
}
