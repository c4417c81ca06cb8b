// Nothing makes the page scroll sideways.
() => {
	const width = document.documentElement.clientWidth
	const findings = []
	const most = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)
	if (most > width) findings.push(`the page is ${most} px wide in a window of ${width}`)
	for (const element of all('body *')) {
		if (element.ownerSVGElement || !isShown(element)) continue
		const rect = element.getBoundingClientRect()
		const box = rect.width > 0 && rect.height > 0 && clipped(rect, parent(element))
		if (box && box.right > width + 0.75) findings.push(`${named(element)} ends at ${box.right.toFixed(1)} of ${width} px`)
	}
	return findings
}
