// Everything here makes a page quicker to use; no page needs it to work.
import './again.js'
import { later, note } from './composer.js'
import './live.js'

const YEAR = 31_536_000
const root = document.documentElement
root.classList.add('scripted')

function remember(name, value) {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${value ? YEAR : 0}; samesite=lax`
}

// No header tells the server which zone a clock on the wall is in.
remember('zone', Intl.DateTimeFormat().resolvedOptions().timeZone ?? '')

// A link that lets in need not stay in the history.
if (document.querySelector('[data-forgets-address]')) history.replaceState(null, '', '/signin')

for (const button of document.querySelectorAll('[data-theme-to]')) {
  button.addEventListener('click', () => {
    const theme = button.dataset.themeTo
    if (theme) root.dataset.theme = theme
    else delete root.dataset.theme
    remember('theme', theme)
  })
}

const KEYS = {
  '/': () => document.querySelector('.find input')?.focus(),
  r: () => document.getElementById('text')?.focus(),
  n: note,
  s: later,
  j: () => step(1),
  k: () => step(-1),
}

function step(by) {
  const rows = [...document.querySelectorAll('.rows a')]
  const here = rows.indexOf(document.activeElement)
  rows[Math.min(Math.max(here + by, 0), rows.length - 1)]?.focus()
}

document.addEventListener('keydown', (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey) return
  if (event.target.closest('input, textarea, select, [popover]') || !(event.key in KEYS)) return
  event.preventDefault()
  KEYS[event.key]()
})
