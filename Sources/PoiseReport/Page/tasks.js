{
// Another candidate beside the first one in the dot plot of tasks; the places come from the page's data.
const SVG = 'http://www.w3.org/2000/svg'

const shape = (name, attributes, ...children) => {
	const element = document.createElementNS(SVG, name)
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
	element.append(...children)
	return element
}
const percent = value => value + '%'
const colour = family => family < 6 ? 'm' + (family + 1) : 'mx'
const mark = (family, large) => '#' + (large ? 'K' : 'k') + (family % 6 + 1)

const faint = (places, family) => shape('g', { class: 'faint ' + colour(family) },
	...places.map(place => shape('use', { href: mark(family), x: percent(place[0]) })))

// With its interval, the first one above the line, the other one below it.
const own = (place, family, first) => {
	const y = first ? '38%' : '65%'
	return shape('g', { class: colour(family) },
		shape('line', { class: 'span', x1: percent(place[1]), x2: percent(place[2]), y1: y, y2: y }),
		shape('use', { class: first ? 'solid' : 'open', href: mark(family, true), x: percent(place[0]), y }))
}

const drawCell = (cell, places, chart, second) => {
	$$('g', cell).forEach(old => old.remove())
	for (const family of new Set(chart.families)) {
		const others = places.filter((place, i) => place && chart.families[i] === family && i !== chart.first && i !== second)
		$('svg', cell).append(faint(others, family))
	}
	for (const i of [second, chart.first]) if (places[i]) cell.append(own(places[i], chart.families[i], i === chart.first))
}

const compare = (plot, chart, second) => {
	const tables = $$('.taskdots', plot)
	for (const [table, rows] of [[tables[0], chart.right], [tables[1], chart.latency]]) {
		if (table && rows) $$('tbody .dots', table).forEach((cell, row) => drawCell(cell, rows[row], chart, second))
	}
	const key = $$('.legend .key', plot)[1]
	key.className = 'key ' + colour(chart.families[second])
	key.lastElementChild.textContent = chart.candidates[second]
	key.firstElementChild.replaceWith(glyph(chart.families[second]))
	const rest = chart.candidates.length - 2
	const words = `${chart.spoken[chart.first]} beside ${chart.spoken[second]}, ${$('.pair', plot).textContent.includes('with 95% intervals') ? 'both with 95% intervals' : 'without intervals'}`
		+ (rest > 1 ? `; the other ${rest} stay as small marks behind them.` : rest ? '; the other one stays as a small mark behind them.' : '.')
	$('.pair', plot).textContent = words
	say(words)
}

// A hollow mark, as the legend has it.
const glyph = family => {
	const drawn = $(mark(family, true)).cloneNode()
	drawn.removeAttribute('id')
	drawn.setAttribute('class', 'dot')
	drawn.setAttribute('fill-opacity', 0)
	drawn.setAttribute('transform', 'translate(7 7)')
	return shape('svg', { class: 'glyph', viewBox: '0 0 14 14', 'aria-hidden': 'true' }, drawn)
}

// One plot a load, on every machine, in the order of the page.
const charts = [DATA, ...DATA.otherMachines].flatMap(part => part.taskCharts)
$$('.task-plot').forEach((plot, i) => {
	const select = $('.versus', plot)
	if (select && charts[i]) on(select, 'change', () => compare(plot, charts[i], Number(select.value)))
})
}
