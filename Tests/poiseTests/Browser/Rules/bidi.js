// Marks that turn the direction of text (U+202A to 202E, U+2066 to 2069) reach no word but those they came with.
() => {
	const findings = []
	const marks = /[\u202A-\u202E\u2066-\u2069]/
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		if (!marks.test(node.data) || /^(SCRIPT|STYLE)$/.test(node.parentElement.tagName)) continue
		let home = node.parentElement
		while (home && style(home).display === 'inline' && !/isolate|plaintext/.test(style(home).unicodeBidi)) home = parent(home)
		const others = home.textContent.split(node.data).join('').trim()
		if (others && !home.ownerSVGElement) findings.push(`${named(home)} is turned by a mark in “${words(node.data)}”`)
	}
	for (const name of ['title', 'aria-label', 'alt', 'placeholder', 'value'])
		for (const element of all(`[${name}]`))
			if (marks.test(element.getAttribute(name))) findings.push(`${named(element)}: ${name} holds a mark that turns it`)
	return findings
}
