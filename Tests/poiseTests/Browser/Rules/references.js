// Ids are unique, and what refers to one finds it.
() => {
	const findings = []
	const ids = new Set()
	for (const element of all('[id]')) {
		if (ids.has(element.id)) findings.push(`the id ${element.id} is there twice`)
		if (!element.id || /\s/.test(element.id)) findings.push(`“${element.id}” is no id`)
		ids.add(element.id)
	}
	const lists = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-activedescendant', 'aria-details', 'aria-errormessage', 'for', 'headers', 'list']
	for (const name of lists)
		for (const element of all(`[${name}]`))
			for (const id of element.getAttribute(name).split(/\s+/).filter(Boolean))
				if (!ids.has(id)) findings.push(`${named(element)}: ${name} finds no ${words(id)}`)
	for (const link of all('a[href^="#"], use[href^="#"]')) {
		const id = decodeURIComponent(link.getAttribute('href').slice(1))
		if (!ids.has(id)) findings.push(`${named(link)} leads to ${words(id)}, which is not there`)
	}
	return findings
}
