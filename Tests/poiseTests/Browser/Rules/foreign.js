// Nothing of what others wrote has become an element, a handler or an address.
() => {
	const findings = []
	if (window.pwned) findings.push(`a script of others ran: ${window.pwned}`)
	const own = all('script').filter(script => script.parentElement === document.body)
	if (all('script').length !== own.length || own.length > 2) findings.push('there is a script that is not of the page')
	if (all('style').length !== 1) findings.push('there is a style sheet that is not of the page')
	for (const element of all('img, iframe, object, embed, base, audio, video, foreignObject, animate, set, meta[http-equiv=refresh]'))
		findings.push(`${named(element)} does not belong on the page`)
	for (const element of all('*'))
		for (const { name, value } of element.attributes) {
			if (/^on/i.test(name)) findings.push(`${named(element)} has ${name}`)
			if (/^(href|src|xlink:href|action|formaction)$/i.test(name) && !/^(#|data:image\/svg\+xml,|data:text|data:application|blob:)/.test(value)) findings.push(`${named(element)} leads to ${words(value)}`)
		}
	return findings
}
