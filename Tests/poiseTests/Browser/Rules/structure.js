// A language, a title, one h1, headings that skip no level, landmarks that hold everything.
() => {
	const findings = []
	if (!/^[a-z]{2}/.test(document.documentElement.lang)) findings.push('the page says no language')
	if (!document.title.trim()) findings.push('the page has no title')
	const headings = all('h1, h2, h3, h4, h5, h6').filter(heading => heading.checkVisibility())
	if (headings.filter(heading => heading.tagName === 'H1').length !== 1) findings.push('the page needs one h1')
	if (headings.length && headings[0].tagName !== 'H1') findings.push(`${named(headings[0])} comes before the h1`)
	headings.forEach((heading, i) => {
		if (!heading.textContent.trim()) findings.push(`${named(heading)} is empty`)
		if (i && heading.tagName[1] - headings[i - 1].tagName[1] > 1) findings.push(`${named(heading)} skips a level`)
	})
	const mains = all('main, [role=main]').filter(main => main.checkVisibility())
	if (mains.length !== 1) findings.push(`the page has ${mains.length} main parts`)
	for (const nav of all('nav, [role=region], aside'))
		if (!nav.getAttribute('aria-label') && !nav.getAttribute('aria-labelledby')) findings.push(`${named(nav)} has no name`)
	const outside = textLines().filter(({ element }) => !element.closest('main, header, footer, nav, aside, [role=main], [role=banner], [role=contentinfo], [role=region], [role=status], [aria-live], .skip, [role=tooltip]'))
	for (const { element } of outside.slice(0, 5)) findings.push(`${named(element)} stands in no landmark`)
	return findings
}
