// Every chart has a name and a table near it; small drawings have a name or are decoration.
() => {
	const findings = []
	for (const svg of all('svg')) {
		if (svg.ownerSVGElement || !isShown(svg)) continue
		const box = svg.getBoundingClientRect()
		const title = [...svg.children].find(child => child.tagName === 'title')
		const isNamed = svg.getAttribute('aria-label')?.trim() || svg.getAttribute('aria-labelledby') || title?.textContent.trim()
		if (box.width < 150 || box.height < 60) {
			if (!svg.closest('[aria-hidden=true]') && svg.getAttribute('role') && !isNamed) findings.push(`${named(svg)} is an image without a name`)
			if (!svg.closest('[aria-hidden=true]') && svg.querySelector('text') && !svg.getAttribute('role')) findings.push(`${named(svg)} has words and no role`)
			continue
		}
		if (svg.closest('[aria-hidden=true]')) {
			findings.push(`${named(svg)} is a chart that a screen reader never meets`)
			continue
		}
		if (!/^(img|group|figure|application|list|graphics-document)$/.test(svg.getAttribute('role') || '')) findings.push(`${named(svg)} has no role`)
		if (!isNamed) findings.push(`${named(svg)} has no name`)
		const place = svg.closest('figure') || svg.closest('section')
		if (!place?.querySelector('table') && !svg.closest('section')?.querySelector('table')) findings.push(`${named(svg)} has no table near it`)
	}
	return findings
}
