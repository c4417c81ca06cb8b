// The frame: what every section uses, the theme, sorting, the section that is read. The page reads without all of it.
const $ = (selector, from = document) => from.querySelector(selector)
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)]
const on = (element, type, listener) => element.addEventListener(type, listener)
const DATA = JSON.parse($('#data').textContent)

document.documentElement.classList.add('js')
