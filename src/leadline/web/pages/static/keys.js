// Single keys, and the sheet that lists them. Other modules add theirs with `addKeys`.
//
// A control is reached by a key when its markup says `aria-keyshortcuts="e"`: a field gets the focus, anything else
// is clicked. What such a key is called stands in CONTROLS, so that the sheet lists those that this page has.
import { remember } from './remember.js'

const GROUPS = ['Move', 'Answer', 'Sort out']
const CONTROLS = [
  ['Move', '/', 'Search'],
  ['Answer', 'r', 'Write a reply'],
  ['Answer', 'n', 'Write a note'],
  ['Sort out', 'e', 'Close, or open again'],
  ['Sort out', 'a', 'Assign'],
  ['Sort out', 'c', 'Claim'],
  ['Sort out', 's', 'Send later'],
]
// Where a letter is a letter, or where something open takes the keys itself.
const ELSEWHERE = 'input, textarea, select, dialog, [popover], [contenteditable]'
const FIELDS = 'input:not([type=checkbox], [type=radio]), textarea, select'

const sheet = document.getElementById('keys')
const isOn = document.getElementById('single-keys')
const added = []

/**
 * Add keys to a group of the sheet: `addKeys('Move', [['j', 'Next conversation', run]])`. Without `run` the sheet
 * only tells of the key, which somebody else handles; several keys pressed together are written `Shift Enter`.
 */
export function addKeys(group, keys) {
  for (const [key, words, run] of keys) added.push({ group, key, words, run })
}

export function openSheet() {
  sheet.querySelector('[data-list]').replaceChildren(...GROUPS.flatMap(listed))
  sheet.showModal()
}

function listed(group) {
  const rows = available().filter((each) => each.group === group)
  if (!rows.length) return []
  const list = element('dl', { className: 'fields' })
  for (const { key, words } of rows) {
    const caps = key.split(' ').flatMap((cap) => [element('kbd', { textContent: cap }), ' '])
    list.append(element('dt', {}, ...caps), element('dd', { textContent: words }))
  }
  return [element('h3', { textContent: group }), list]
}

/** The keys that do something on this page as it is now. */
function available() {
  const controls = CONTROLS.filter(([, key]) => control(key))
  return [...controls.map(([group, key, words]) => ({ group, key, words, run: () => reach(control(key)) })), ...added]
}

function control(key) {
  return [...document.querySelectorAll(`[aria-keyshortcuts="${key}"]`)].find((each) => each.checkVisibility())
}

function reach(found) {
  if (found.matches(FIELDS)) found.focus()
  else found.click()
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

function pressed(event) {
  if (!isOn.checked || event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return
  if (event.target.closest(ELSEWHERE)) return
  const found = available().find(({ key, run }) => run && key === event.key)
  if (!found) return
  event.preventDefault()
  found.run()
}

if (sheet) {
  addKeys('Sort out', [['?', 'This sheet', openSheet]])
  document.addEventListener('keydown', pressed)
  isOn.addEventListener('change', () => remember('keys', isOn.checked ? '' : 'off'))
  sheet.querySelector('[data-close]').addEventListener('click', () => sheet.close())
  for (const button of document.querySelectorAll('[data-keys]')) {
    button.addEventListener('click', () => {
      // First, so that the focus comes back to the button that opened the menu.
      button.closest('[popover]')?.hidePopover()
      openSheet()
    })
  }
}
