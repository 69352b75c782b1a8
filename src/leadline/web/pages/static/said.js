// The one polite voice of the page: at most one sentence in three seconds, and of several that wait the last.
const place = document.getElementById('said')
const REST = 3000
let next = ''
let isResting = false

export function say(sentence) {
  if (!place || !sentence) return
  next = sentence
  if (!isResting) speak()
}

function speak() {
  place.textContent = next
  next = ''
  isResting = true
  setTimeout(() => {
    isResting = false
    if (next) speak()
  }, REST)
}
