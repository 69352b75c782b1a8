// The composer: sends on Enter without leaving the page, and takes back what was sent a moment ago.
import { handedOver, onAttached, showFiles } from './attach.js'
import { counted } from './counter.js'
import { forget, keep, mode, restore, settled } from './drafts.js'
import { addKeys } from './keys.js'
import { onChosen, open } from './picker.js'
import { plain } from './segments.js'
import { showTexts, toEnd } from './thread.js'
import { parsed, showNotice } from './update.js'

const form = document.getElementById('composer')
const field = document.getElementById('text')
const PLACEHOLDERS = { text: 'Write a text', note: 'Write a note for your team' }

function typed(text) {
  field.value = text
  field.dispatchEvent(new Event('input'))
}

function wrong(sentence) {
  const place = document.getElementById('wrong')
  place.lastElementChild.textContent = sentence
  place.hidden = !sentence
  field.setAttribute('aria-invalid', String(Boolean(sentence)))
}

/** The page that a form is answered with; null if there was none, and that is said. */
async function answered(action, body) {
  let answer
  try {
    answer = await fetch(action, { method: 'POST', body })
  } catch {
    // The same key goes along the next time, so that what has arrived after all is not sent twice.
    wrong('There is no connection. Your text is kept here; send it again.')
    return null
  }
  const page = parsed(await answer.text())
  if (page.getElementById('composer')) return { answer, page }
  wrong(page.querySelector('h1 + p')?.textContent ?? 'This did not work. Load the page again.')
  return null
}

/** Send without leaving the page. The answer is the page itself, as it is without a script. */
async function send(button) {
  const isNote = mode() === 'note'
  await handedOver()
  const body = new FormData(form, isNote || button?.name ? button : null)
  await settled()
  const found = await answered(button?.hasAttribute('formaction') ? button.formAction : form.action, body)
  if (!found) return
  const { answer, page } = found
  if (answer.ok && !isHere(answer.url)) return location.assign(answer.url)
  if (answer.ok) done()
  else wrong(page.getElementById('wrong').textContent.trim())
  take(page)
  toEnd()
}

/** Whether the answer is of the page that is shown, and not a later part of its thread. */
function isHere(url) {
  const query = new URLSearchParams(location.search)
  const isNewest = !['before', 'since', 'around'].some((name) => query.has(name))
  return isNewest && new URL(url).pathname === location.pathname
}

function done() {
  wrong('')
  forget()
  field.value = ''
  counted()
  form.elements.template.value = ''
  document.getElementById('media').value = ''
  document.getElementById('later').hidePopover()
  for (const value of form.querySelectorAll('[name^="v."]')) value.remove()
}

function take(page) {
  const fresh = page.getElementById('composer')
  form.elements.key.value = fresh.elements.key.value
  form.elements.seen.value = fresh.elements.seen.value
  showFiles(page.getElementById('files'))
  showTexts([...page.getElementById('texts').children])
  showNotice(page.getElementById('notice'))
  const crossed = document.getElementById('crossed')
  crossed.replaceWith(document.importNode(page.getElementById('crossed'), true))
}

/** One click on a text or in the banner; what is taken back stands in the composer again. */
async function act(clicked) {
  await settled({ isSaved: true })
  const found = await answered(clicked.action, new URLSearchParams())
  if (!found) return
  wrong('')
  take(found.page)
  if (!clicked.hasAttribute('data-undo')) return
  const fresh = found.page.getElementById('composer')
  form.querySelector('[value=text]')?.click()
  typed(fresh.elements.body.value)
  form.elements.template.value = fresh.elements.template.value
  form.elements.media.value = fresh.elements.media.value
  field.focus()
}

function showMode() {
  field.placeholder = PLACEHOLDERS[mode()]
  document.querySelector('label[for=text]').textContent = mode() === 'note' ? 'Note' : 'Text'
}

function use({ text, template, values }) {
  const isAlone = !field.value.trim()
  if (isAlone) field.value = text
  else field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  // With words of one's own around it, it is no template any more, but its places still want filling.
  form.elements.template.value = template
  for (const value of form.querySelectorAll('[name^="v."]')) value.remove()
  form.append(...values.map((value) => document.importNode(value)))
  field.dispatchEvent(new Event('input'))
  field.focus()
}

function onEnter() {
  // On letting go of the key, so that holding it down sends once. Phones need Enter for new lines.
  let isPressed = false
  const hasKeyboard = matchMedia('(pointer: fine)').matches
  addKeys('Answer', [
    ...(hasKeyboard ? [['Enter', 'Send'], ['Shift Enter', 'New line']] : []),
    ['/', 'Templates, at the start of a text'],
  ])
  field.addEventListener('keydown', (event) => {
    if (event.key === '/' && !field.value && mode() === 'text') {
      event.preventDefault()
      open()
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !hasKeyboard) return
    event.preventDefault()
    isPressed = true
  })
  field.addEventListener('keyup', (event) => {
    if (event.key !== 'Enter' || !isPressed) return
    isPressed = false
    form.requestSubmit(document.getElementById(mode() === 'note' ? 'save-note' : 'send'))
  })
}

if (form) {
  restore()
  counted()
  showMode()
  onEnter()
  onChosen(use)
  onAttached(wrong)
  field.addEventListener('input', () => {
    counted()
    keep()
  })
  for (const choice of form.querySelectorAll('[name=mode]')) {
    choice.addEventListener('change', () => {
      showMode()
      keep()
    })
    choice.addEventListener('click', () => field.focus())
  }
  document.querySelector('#fix button').addEventListener('click', () => {
    typed(plain(field.value))
    field.focus()
  })

  let isSending = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (isSending) return
    isSending = true
    await send(event.submitter).finally(() => { isSending = false })
  })
  document.querySelector('.thread').addEventListener('submit', (event) => {
    const clicked = event.target
    if (!clicked.matches('#texts form, #notice form')) return
    event.preventDefault()
    act(clicked)
  })
}
