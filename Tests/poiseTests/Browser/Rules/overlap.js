// No text stands on another: neither the labels of a chart nor blocks of the page.
() => {
	const findings = []
	// A line's box is taller than its letters.
	const lines = textLines().map(line => {
		const { left, right, top, bottom } = line.box
		const trim = (bottom - top) * 0.18
		return { ...line, left: left + 1, right: right - 1, top: top + trim, bottom: bottom - trim }
	}).filter(line => line.right > line.left && line.bottom > line.top).sort((a, b) => a.top - b.top)
	const label = line => line.element.closest('text') || line.element
	for (let i = 0; i < lines.length && findings.length < 20; i++) {
		for (let j = i + 1; j < lines.length && lines[j].top < lines[i].bottom; j++) {
			const [a, b] = [lines[i], lines[j]]
			if (a.node === b.node) continue
			const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
			const tall = Math.min(a.bottom, b.bottom) - b.top
			if (wide > 1.5 && tall > 1.5)
				findings.push(`${named(label(a))} and ${named(label(b))} overlap by ${wide.toFixed(1)}×${tall.toFixed(1)} px`)
		}
	}
	return findings
}
