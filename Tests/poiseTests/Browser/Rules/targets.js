// What is to be hit has 24 by 24 px, or as much room around it (WCAG 2.2, 2.5.8).
() => {
	const findings = []
	// Marks of a chart stand where their values are ("essential"); a link in a sentence is as tall as its line ("inline").
	const isInline = element => element.tagName === 'A' && style(element).display.startsWith('inline')
		&& [...element.parentElement.childNodes].some(node => node.nodeType === 3 && node.data.trim())
	const area = element => {
		const label = element.labels?.[0] || element.closest('label')
		const boxes = [element, label].filter(Boolean).map(each => each.getBoundingClientRect())
		return {
			left: Math.min(...boxes.map(box => box.left)), right: Math.max(...boxes.map(box => box.right)),
			top: Math.min(...boxes.map(box => box.top)), bottom: Math.max(...boxes.map(box => box.bottom)),
		}
	}
	const targets = controls().filter(element => !element.ownerSVGElement && element.getAttribute('role') !== 'region')
		.map(element => ({ element, box: area(element) }))
		.map(target => ({ ...target, isSmall: target.box.right - target.box.left < 23.9 || target.box.bottom - target.box.top < 23.9 }))
	const centre = ({ box }) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
	const distance = ([x, y], box) =>
		Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom))
	for (const target of targets) {
		if (!target.isSmall || isInline(target.element)) continue
		const own = centre(target)
		const near = targets.find(other => {
			if (other === target || other.element.contains(target.element) || target.element.contains(other.element)) return false
			if (other.isSmall) {
				const [x, y] = centre(other)
				return Math.hypot(own[0] - x, own[1] - y) < 23.9
			}
			return distance(own, other.box) < 11.9
		})
		if (near) {
			const { left, right, top, bottom } = target.box
			findings.push(`${named(target.element)} has ${(right - left).toFixed(1)}×${(bottom - top).toFixed(1)} px beside ${named(near.element)}`)
		}
	}
	return findings
}
