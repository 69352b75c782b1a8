// Bringing a page up to date with markup that the server rendered. What has not changed is not touched.

/** Markup of ours as elements. Nothing in it runs: the parser's document has no scripts. */
export function parsed(markup) {
  return new DOMParser().parseFromString(markup, 'text/html')
}

/**
 * Make the items of a list equal to fresh ones, by their ids. Items stay where they are unless `mayMove`;
 * what is not among the fresh ones goes only with `mayRemove`. Returns the items that are new.
 */
export function reconcile(list, fresh, { mayMove = true, mayRemove = false } = {}) {
  const added = []
  let place = (fresh[0] && document.getElementById(fresh[0].id)) ?? list.firstElementChild
  for (const item of fresh) {
    const known = document.getElementById(item.id)
    // Changed in place: a row that is replaced while a button is down on it would never be clicked.
    if (known) morph(known, item)
    const shown = known ?? document.importNode(item, true)
    if (!known) added.push(shown)
    if (shown === place) place = shown.nextElementSibling
    else if (!known || mayMove) list.insertBefore(shown, place)
  }
  const ids = new Set(fresh.map((item) => item.id))
  if (mayRemove) for (const item of [...list.children]) if (!ids.has(item.id)) item.remove()
  return added
}

/** Show another page's notice and what sending is called now; where no text can be written, notes still can. */
export function showNotice(fresh) {
  const notice = document.getElementById('notice')
  if (!notice || !fresh) return
  notice.replaceChildren(...[...fresh.children].map((each) => document.importNode(each, true)))
  const composer = document.getElementById('composer')
  if (!composer) return
  const button = notice.querySelector('[data-button]')
  if (button) document.getElementById('send').textContent = button.textContent
  const isClosed = Boolean(notice.querySelector('[data-closed]'))
  const note = composer.querySelector('[value=note]')
  if (!note) composer.hidden = isClosed
  else {
    composer.querySelector('[value=text]').parentElement.hidden = isClosed
    if (isClosed && !note.checked) note.click()
  }
}

/**
 * Make an element equal to a fresh one and touch only what differs. What has the focus keeps it, with what is
 * being typed there; what was opened stays open.
 */
export function morph(known, fresh) {
  if (known.nodeName !== fresh.nodeName || known.id !== fresh.id) {
    known.replaceWith(document.importNode(fresh, true))
    return
  }
  if (known.nodeType !== Node.ELEMENT_NODE) {
    if (known.data !== fresh.data) known.data = fresh.data
    return
  }
  morphAttributes(known, fresh)
  morphChildren(known, fresh)
  if ('defaultValue' in known || known.matches('select')) settle(known, fresh)
}

/** The children of one element become those of another. */
export function morphChildren(known, fresh) {
  const there = [...known.childNodes]
  const wanted = [...fresh.childNodes]
  wanted.forEach((each, index) => {
    if (there[index]) morph(there[index], each)
    else known.append(document.importNode(each, true))
  })
  for (const extra of there.slice(wanted.length)) extra.remove()
}

function morphAttributes(known, fresh) {
  const keeps = known.matches('details') ? 'open' : ''
  for (const { name } of [...known.attributes]) if (!fresh.hasAttribute(name) && name !== keeps) known.removeAttribute(name)
  for (const { name, value } of fresh.attributes) {
    if (name !== keeps && known.getAttribute(name) !== value) known.setAttribute(name, value)
  }
}

/** A field shows what the server says, unless somebody is in it or it is just being saved. */
function settle(known, fresh) {
  if (known === document.activeElement || known.dataset.saving) return
  if (known.value !== fresh.value) known.value = fresh.value
}
