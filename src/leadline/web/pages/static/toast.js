// A few words in a corner about what has just been done, and gone by themselves.
const SHOWN_FOR = 8000

function place() {
  const known = document.querySelector('.toasts')
  if (known) return known
  const made = document.createElement('output')
  made.className = 'toasts'
  made.setAttribute('aria-live', 'polite')
  document.body.append(made)
  return made
}

export function toast(words) {
  const shown = document.createElement('p')
  shown.className = 'toast'
  shown.textContent = words
  place().append(shown)
  setTimeout(() => shown.remove(), SHOWN_FOR)
}
