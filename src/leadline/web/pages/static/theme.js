// Light, dark, or as this device has it.
import { remember } from './remember.js'

const root = document.documentElement
const buttons = [...document.querySelectorAll('[data-theme-to]')]

function choose(theme) {
  if (theme) root.dataset.theme = theme
  else delete root.dataset.theme
  remember('theme', theme)
  for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.themeTo === theme))
}

for (const button of buttons) button.addEventListener('click', () => choose(button.dataset.themeTo))
