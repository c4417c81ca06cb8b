// No text is cut off: what a box hides is marked by an ellipsis and there in full: as a title, a name, or once opened.
() => {
	const findings = []
	const hides = value => value === 'hidden' || value === 'clip'
	for (const element of all('body *')) {
		if (!isShown(element) || !element.textContent.trim() || element.ownerSVGElement) continue
		const own = style(element)
		if (element.tagName.toLowerCase() === 'svg') {
			if (!hides(own.overflowX)) continue
			const frame = element.getBoundingClientRect()
			for (const text of all('text', element)) {
				const box = text.getBoundingClientRect()
				if (!isShown(text) || box.width === 0) continue
				if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
					findings.push(`${named(text)} is cut by its drawing`)
			}
			continue
		}
		if (own.display === 'inline' || own.display === 'contents') continue
		const isWhole = element.title || element.getAttribute('aria-label') || element.closest('summary, [aria-expanded]')
		const marked = own.textOverflow === 'ellipsis' || own.webkitLineClamp !== 'none'
		const wide = hides(own.overflowX) && element.scrollWidth > element.clientWidth + 1
		const tall = hides(own.overflowY) && element.scrollHeight > element.clientHeight + 1
		if ((wide || tall) && element.clientWidth > 1 && !(marked && isWhole))
			findings.push(`${named(element)} shows ${element.clientWidth}×${element.clientHeight} px of ${element.scrollWidth}×${element.scrollHeight}`)
	}
	return findings
}
