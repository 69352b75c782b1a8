// Templates: what is typed narrows them down, arrows choose one, Enter takes it.
import { parsed } from './update.js'

const picker = document.getElementById('picker')
const search = picker?.querySelector('input[type=search]')
const options = picker ? [...picker.querySelectorAll('[role=option]')] : []

/** `use` gets the text that was chosen, its template, and the values that were filled in. */
export function onChosen(use) {
  picker.querySelector('.options').addEventListener('submit', (event) => {
    event.preventDefault()
    choose(event.submitter)
    take(use)
  })
  for (const preview of picker.querySelectorAll('.choice')) {
    preview.addEventListener('submit', (event) => {
      event.preventDefault()
      filledIn(preview).then((chosen) => { if (chosen) done(use, chosen) })
    })
    preview.addEventListener('input', () => showFilled(preview))
  }
  search.addEventListener('keydown', (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by) step(by)
    else if (event.key === 'Enter') take(use)
    else return
    event.preventDefault()
  })
}

export function open() {
  picker.showPopover()
  search.focus()
}

/** Take the chosen one, or ask first for what is not known. */
function take(use) {
  const chosen = current()
  if (!chosen) return
  const preview = previewOf(chosen)
  const missing = preview.querySelector('input[required]')
  if (missing) missing.focus()
  else if (preview.dataset.text) done(use, { text: preview.dataset.text, template: chosen.value, values: [] })
}

function done(use, chosen) {
  picker.hidePopover()
  use(chosen)
}

/** The text with the values, as the server fills them in. */
async function filledIn(preview) {
  if (!preview.querySelector('input[required]')) {
    return { text: preview.dataset.text, template: preview.elements.template.value, values: [] }
  }
  const address = new URL(preview.action)
  address.search = new URLSearchParams(new FormData(preview))
  const answer = await fetch(address).catch(() => null)
  if (!answer?.ok) return null
  const page = parsed(await answer.text()).getElementById('composer')
  return {
    text: page.elements.body.value,
    template: page.elements.template.value,
    values: [...page.querySelectorAll('[name^="v."]')],
  }
}

function showFilled(preview) {
  for (const input of preview.querySelectorAll('input[required]')) {
    const name = input.name.slice(2)
    for (const slot of preview.querySelectorAll('[data-slot]')) {
      if (slot.dataset.slot !== name) continue
      slot.textContent = input.value || `[${name.replaceAll('_', ' ')}]`
      slot.classList.toggle('missing', !input.value)
    }
  }
}

function current() {
  return options.find((option) => option.ariaSelected === 'true')
}

function step(by) {
  const shown = options.filter((option) => !option.hidden)
  const next = shown[(shown.indexOf(current()) + by + shown.length) % shown.length]
  if (next) choose(next)
}

function choose(chosen) {
  for (const option of options) {
    option.ariaSelected = String(option === chosen)
    previewOf(option).hidden = option !== chosen
  }
  search.setAttribute('aria-activedescendant', chosen?.id ?? '')
  chosen?.scrollIntoView({ block: 'nearest' })
}

function previewOf(option) {
  return document.getElementById(option.dataset.preview)
}

function narrow() {
  const words = search.value.toLowerCase().split(/\s+/)
  for (const option of options) {
    const text = `${option.textContent} ${previewOf(option).textContent}`.toLowerCase()
    option.hidden = !words.every((word) => text.includes(word))
  }
  if (!current() || current().hidden) choose(options.find((option) => !option.hidden))
}

if (picker) {
  search.addEventListener('input', narrow)
  picker.addEventListener('beforetoggle', (event) => {
    if (event.newState !== 'open') return
    search.value = ''
    narrow()
  })
}
