// Text stands out from its ground: 4.5 to 1, large text 3 to 1 (WCAG 2.2, 1.4.3).
() => {
	const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
	const read = new Map()
	// Any colour that CSS can write, as red, green, blue and alpha, 0…1.
	const colour = text => {
		if (!read.has(text)) {
			canvas.clearRect(0, 0, 1, 1)
			canvas.fillStyle = '#000'
			canvas.fillStyle = text
			canvas.fillRect(0, 0, 1, 1)
			read.set(text, [...canvas.getImageData(0, 0, 1, 1).data].map(part => part / 255))
		}
		return read.get(text)
	}
	const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1]
	const luminance = ([r, g, b]) => {
		const [x, y, z] = [r, g, b].map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
		return 0.2126 * x + 0.7152 * y + 0.0722 * z
	}
	const ratio = (a, b) => {
		const [x, y] = [luminance(a), luminance(b)]
		return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
	}
	const isDark = matchMedia('(prefers-color-scheme: dark)').matches && style(document.documentElement).colorScheme.includes('dark')
	const ground = element => {
		const layers = []
		for (const each of upwards(element)) {
			if (each.ownerSVGElement || each.tagName.toLowerCase() === 'svg' && each.ownerSVGElement) continue
			const layer = colour(style(each).backgroundColor)
			if (layer[3] > 0) layers.push(layer)
			if (layer[3] === 1) break
		}
		return layers.reverse().reduce((below, layer) => over(layer, below), colour(isDark ? '#121212' : '#fff'))
	}
	// In a drawing, the last filled box before the text that lies under its middle, or the halo around its letters.
	const drawn = (element, box) => {
		const text = element.closest('text')
		const own = style(text)
		if (own.paintOrder.startsWith('stroke') && parseFloat(own.strokeWidth) >= 2 && own.stroke !== 'none') return colour(own.stroke)
		let svg = text.ownerSVGElement
		while (svg.ownerSVGElement) svg = svg.ownerSVGElement
		const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
		const under = all('rect', svg).filter(shape => {
			if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) || !isShown(shape)) return false
			const frame = shape.getBoundingClientRect()
			return style(shape).fill !== 'none' && !style(shape).fill.startsWith('url')
				&& frame.left <= x && x <= frame.right && frame.top <= y && y <= frame.bottom
		})
		return under.reduce((below, shape) => {
			const [r, g, b, a] = colour(style(shape).fill)
			return over([r, g, b, a * style(shape).fillOpacity * style(shape).opacity], below)
		}, ground(svg))
	}
	const findings = new Map()
	const seen = new Set()
	for (const { node, element, box } of textLines()) {
		if (seen.has(node) || element.closest(':disabled, [aria-disabled=true]')) continue
		seen.add(node)
		const own = style(element)
		const isDrawn = element.ownerSVGElement && element.closest('text')
		const below = isDrawn ? drawn(element, box) : ground(element)
		let ink = colour(isDrawn ? own.fill : own.color)
		let opacity = isDrawn ? Number(own.fillOpacity) : 1
		for (const each of upwards(element)) opacity *= style(each).opacity
		ink = over([ink[0], ink[1], ink[2], ink[3] * opacity], below)
		const size = isDrawn ? box.bottom - box.top : parseFloat(own.fontSize)
		const isLarge = size >= 24 || size >= 18.66 && Number(own.fontWeight) >= 700
		const reached = ratio(ink, below)
		if (reached < (isLarge ? 3 : 4.5) - 0.005) findings.set(node, `${named(element)} has ${reached.toFixed(2)} to 1`)
	}
	return [...findings.values()]
}
