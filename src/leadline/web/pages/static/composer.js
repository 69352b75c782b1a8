// The composer: counts while one types, sends on Enter, and keeps what was typed until it is stored.
import { addKeys } from './keys.js'
import { count, plain } from './segments.js'
import { showTexts, toEnd } from './thread.js'
import { parsed, showNotice } from './update.js'

const form = document.getElementById('composer')
const field = document.getElementById('text')
const draft = `draft:${location.pathname}`

function counted() {
  const { units, segments, room, forcing } = count(field.value)
  const texts = `${segments} ${segments === 1 ? 'text' : 'texts'}`
  document.getElementById('count').value = segments ? `${units}/${room} · ${texts}` : texts
  const fixed = count(plain(field.value))
  const fix = document.getElementById('fix')
  fix.hidden = fixed.segments >= segments
  fix.firstElementChild.textContent = `“${forcing.join(' ')}” makes this ${texts} instead of ${fixed.segments}.`
  form.querySelector('.counter').classList.toggle('over', !fix.hidden)
}

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

/** Send without leaving the page. The answer is the page itself, as it is without a script. */
async function send() {
  let answer
  try {
    answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
  } catch {
    // The same key goes along the next time, so that what has arrived after all is not sent twice.
    wrong('There is no connection. Your text is kept here; send it again.')
    return
  }
  const page = parsed(await answer.text())
  if (!page.getElementById('composer')) {
    wrong(page.querySelector('h1 + p')?.textContent ?? 'This did not work. Load the page again.')
    return
  }
  if (!answer.ok) wrong(page.getElementById('wrong').textContent.trim())
  else done()
  if (answer.ok && new URL(answer.url).pathname !== location.pathname) location.assign(answer.url)
  else take(page)
}

function done() {
  wrong('')
  typed('')
  form.elements.template.value = ''
  for (const value of form.querySelectorAll('[name^="v."]')) value.remove()
}

function take(page) {
  form.elements.key.value = page.querySelector('#composer [name=key]').value
  showTexts([...page.getElementById('texts').children])
  showNotice(page.getElementById('notice'))
  toEnd()
}

function keepDraft() {
  if (field.value) sessionStorage.setItem(draft, field.value)
  else sessionStorage.removeItem(draft)
}

if (form) {
  if (!field.value) field.value = sessionStorage.getItem(draft) ?? ''
  counted()
  field.addEventListener('input', () => {
    counted()
    keepDraft()
  })

  let isSending = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (isSending) return
    isSending = true
    await send().finally(() => { isSending = false })
  })

  // On letting go of the key, so that holding it down sends once. Phones need Enter for new lines.
  let isPressed = false
  const hasKeyboard = matchMedia('(pointer: fine)').matches
  addKeys('Answer', [
    ...(hasKeyboard ? [['Enter', 'Send'], ['Shift Enter', 'New line']] : []),
    ['/', 'Templates, at the start of a text'],
  ])
  field.addEventListener('keydown', (event) => {
    if (event.key === '/' && !field.value) {
      event.preventDefault()
      form.querySelector('[popovertarget=picker]').click()
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !hasKeyboard) return
    event.preventDefault()
    isPressed = true
  })
  field.addEventListener('keyup', (event) => {
    if (event.key !== 'Enter' || !isPressed) return
    isPressed = false
    form.requestSubmit()
  })

  document.querySelector('#fix button').addEventListener('click', () => {
    typed(plain(field.value))
    field.focus()
  })

  for (const choice of document.querySelectorAll('.choice[data-text]')) {
    choice.addEventListener('submit', (event) => {
      event.preventDefault()
      typed(choice.dataset.text)
      form.elements.template.value = choice.dataset.template
      document.getElementById('picker').hidePopover()
      field.focus()
    })
  }
}
