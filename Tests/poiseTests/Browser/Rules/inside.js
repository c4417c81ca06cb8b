// Every text stands inside of its part of the page, and of the window; a chart's labels may use the margin beside it.
() => {
	const findings = []
	for (const { element, box } of textLines()) {
		const parts = element.ownerSVGElement ? 'section, footer' : 'section, header, footer, nav, aside, figure'
		const home = element.closest(parts) || document.body
		const frame = home.getBoundingClientRect()
		if (box.left < Math.max(0, frame.left) - 1.5 || box.right > frame.right + 1.5
			|| box.top < frame.top - 4 || box.bottom > frame.bottom + 4)
			findings.push(`${named(element)} leaves ${home.tagName.toLowerCase()}#${home.id}`)
	}
	return [...new Set(findings)]
}
