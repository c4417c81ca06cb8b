// Labels without overlap: each tries places around its point and takes the one that covers least, four times over; what
// would still cover another one moves to the cheapest free place, or waits for the pointer.
const FrontLabels = {
	rings: [[0, 0], [12, 22], [26, 60], [44, 130]],
	directions: [[1, 0], [1, -1], [1, 1], [0, -1], [0, 1], [-1, 0], [-1, -1], [-1, 1]],
	overlap(a, b) {
		const across = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x), down = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y)
		return across > 0 && down > 0 ? across * down : 0
	},
	isInside: (b, area) => b.x >= area.x && b.y >= area.y && b.x + b.w <= area.x + area.w && b.y + b.h <= area.y + area.h,
	// Whether a line [x1, y1, x2, y2] runs through a box (Liang and Barsky 1984).
	isCrossed(b, [x1, y1, x2, y2]) {
		let enter = 0, leave = 1
		for (const [start, delta, low, high] of [[x1, x2 - x1, b.x, b.x + b.w], [y1, y2 - y1, b.y, b.y + b.h]]) {
			if (Math.abs(delta) < 1e-9) {
				if (start < low || start > high) return false
				continue
			}
			const one = (low - start) / delta, other = (high - start) / delta
			enter = Math.max(enter, Math.min(one, other))
			leave = Math.min(leave, Math.max(one, other))
		}
		return enter < leave
	},
	nearest: (b, x, y) => [Math.min(Math.max(x, b.x), b.x + b.w), Math.min(Math.max(y, b.y), b.y + b.h)],
	distance(b, x, y) {
		const [nearX, nearY] = this.nearest(b, x, y)
		return Math.hypot(nearX - x, nearY - y)
	},
	// Labels { x, y, r, w, h }, the most important first; lines [x1, y1, x2, y2, cost]. Gives { box, isFar, isHidden } for each.
	place(labels, lines, area) {
		const marks = labels.map(t => ({ x: t.x - t.r - 1, y: t.y - t.r - 1, w: 2 * t.r + 2, h: 2 * t.r + 2 }))
		const options = labels.map((t, self) => this.boxes(t).map(o => ({ ...o, cost: o.cost + this.fixedCost(o.box, self, labels, marks, lines, area) })))
		const chosen = labels.map(() => null)
		for (let pass = 0; pass < 4; pass++) options.forEach((list, self) => {
			let least = Infinity, best = null
			for (const o of list) {
				let cost = o.cost
				chosen.forEach((other, k) => {
					const covered = other && k !== self ? this.overlap(o.box, other.box) : 0
					if (covered) cost += 900 + covered
				})
				if (cost < least) [least, best] = [cost, o]
			}
			chosen[self] = best
		})
		const kept = []
		return labels.map((t, self) => {
			const isFree = o => this.isInside(o.box, area) && kept.every(k => !this.overlap(k, o.box))
				&& marks.every((m, other) => other === self || this.overlap(o.box, m) <= m.w * m.h * .5)
			const place = isFree(chosen[self]) ? chosen[self] : options[self].filter(isFree).sort((a, b) => a.cost - b.cost)[0]
			if (!place) {
				const box = options[self][0].box
				box.x = Math.max(area.x, Math.min(box.x, area.x + area.w - box.w))
				box.y = Math.max(area.y, Math.min(box.y, area.y + area.h - box.h))
				return { box, isHidden: true }
			}
			kept.push(place.box)
			return { box: place.box, isFar: place.ring > 0 }
		})
	},
	boxes(t) {
		return this.rings.flatMap(([far, price], ring) => this.directions.map(([dx, dy], order) => {
			const reach = (t.r + 4 + far) * (dx && dy ? .74 : 1)
			return { ring, cost: order * 3 + price, box: { x: t.x + dx * reach - t.w * (1 - dx) / 2, y: t.y + dy * reach - t.h * (1 - dy) / 2, w: t.w, h: t.h } }
		}))
	},
	fixedCost(box, self, labels, marks, lines, area) {
		let cost = this.isInside(box, area) ? 0 : 2000
		marks.forEach((m, other) => {
			const covered = other === self ? 0 : this.overlap(box, m)
			if (covered) cost += 500 + covered
		})
		const own = this.distance(box, labels[self].x, labels[self].y)
		// Nearer to another point than to its own it would name the wrong one.
		if (labels.some((t, other) => other !== self && this.distance(box, t.x, t.y) < own - .5)) cost += 150
		for (const line of lines) if (this.isCrossed(box, line)) cost += line[4]
		return cost
	}
}
