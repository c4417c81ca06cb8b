// What the rules share. Each rule is a function without arguments that returns its findings, a text each.
// From the top, so that nothing that sticks lies over what it was scrolled over, and with all that is laid out only when seen.
scrollTo(0, 0)
if (document.adoptedStyleSheets.length === 0) {
	const sheet = new CSSStyleSheet()
	sheet.replaceSync('*{content-visibility:visible !important}')
	document.adoptedStyleSheets = [sheet]
}
const all = (selector, from = document) => [...from.querySelectorAll(selector)]

const words = (text, most = 40) => {
	const line = text.replace(/\s+/g, ' ').trim()
	return line.length > most ? line.slice(0, most) + '…' : line
}

// How a finding names an element: where it is and what stands in it.
const named = element => {
	const section = element.closest('section[id], header, footer, nav')
	const place = section && section !== element ? (section.id || section.tagName.toLowerCase()) + ' > ' : ''
	const type = element.getAttribute('class')
	return `${place}${element.tagName.toLowerCase()}${element.id ? '#' + element.id : ''}`
		+ `${type ? '.' + type.trim().split(/\s+/).join('.') : ''} “${words(element.textContent || '')}”`
}

const styles = new Map()
const style = element => {
	if (!styles.has(element)) styles.set(element, getComputedStyle(element))
	return styles.get(element)
}

const parent = element => element.parentElement || element.getRootNode().host || null

const upwards = function* (element) {
	for (let each = element; each; each = parent(each)) yield each
}

// For screen readers only: clipped to nothing, or moved out of the window until it has the focus.
const hushing = new Map()
const isHushed = element => {
	if (!element) return false
	if (hushing.has(element)) return hushing.get(element)
	const own = style(element)
	const clips = own.clipPath.startsWith('inset(50%') || own.clip === 'rect(0px, 0px, 0px, 0px)'
	const away = own.position === 'absolute' && parseFloat(own.left) <= -900
	const result = clips || away || isHushed(parent(element))
	hushing.set(element, result)
	return result
}

const isShown = element =>
	element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !isHushed(element)

const isScroller = value => value === 'auto' || value === 'scroll'

// The part of a rectangle that an element and the frames around it leave to be seen; null for none.
const clipped = (rect, frame) => {
	let { left, top, right, bottom } = rect
	for (const each of upwards(frame)) {
		if (each === document.documentElement || each === document.body) break
		const own = style(each)
		if (own.display === 'contents' || own.display === 'inline') continue
		const box = each.getBoundingClientRect()
		if (own.overflowX !== 'visible') [left, right] = [Math.max(left, box.left), Math.min(right, box.right)]
		if (own.overflowY !== 'visible') [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)]
	}
	return right - left > 0.5 && bottom - top > 0.5 ? { left, top, right, bottom } : null
}

// Each line of each text that is to be seen: its element, its text node, its box.
const textLines = (from = document.body) => {
	const lines = []
	const walker = document.createTreeWalker(from, NodeFilter.SHOW_TEXT)
	const range = document.createRange()
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		if (!node.data.trim()) continue
		const element = node.parentElement
		if (/^(SCRIPT|STYLE|TITLE|DESC|OPTION|NOSCRIPT|TEMPLATE)$/i.test(element.tagName) || !isShown(element)) continue
		range.selectNodeContents(node)
		for (const rect of range.getClientRects()) {
			const box = rect.width > 0.5 && rect.height > 0.5 && clipped(rect, element)
			if (box) lines.push({ node, element, box, whole: rect })
		}
	}
	return lines
}

// What can be operated.
const controls = (from = document) =>
	all('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]', from)
		.filter(element => isShown(element) && !element.disabled && !element.closest('[inert]'))
