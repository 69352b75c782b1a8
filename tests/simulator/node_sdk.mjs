// Twilio's own Node library against the simulator: address, account and token come as arguments.
import { createRequire } from 'node:module'
import assert from 'node:assert/strict'

const [modules, url, accountSid, authToken] = process.argv.slice(2)
const twilio = createRequire(`${modules}/`)('twilio')

const client = twilio(accountSid, authToken)
client.api.baseUrl = url

const created = await client.messages.create({ to: '+17205550142', from: '+15005550006', body: 'Hello' })
assert.equal(created.status, 'queued')
assert.equal(created.numSegments, '1')

const fetched = await client.messages(created.sid).fetch()
assert.equal(fetched.status, 'delivered')
assert.equal(fetched.dateSent instanceof Date, true)

for (let number = 0; number < 4; number++) await client.messages.create({ to: '+17205550142', from: '+15005550006', body: `${number}` })
const listed = await client.messages.list({ to: '+17205550142', pageSize: 2 })
assert.deepEqual(listed.map(message => message.body), ['3', '2', '1', '0', 'Hello'])

const redacted = await client.messages(created.sid).update({ body: '' })
assert.equal(redacted.body, '')

await assert.rejects(client.messages.create({ to: '+15005550001', from: '+15005550006', body: 'x' }), { status: 400, code: 21211 })

const picture = await client.messages.create({ to: '+17205550142', from: '+15005550006', mediaUrl: ['https://example.com/a.png'] })
const media = await client.messages(picture.sid).media.list()
assert.equal(media[0].contentType, 'image/png')

assert.equal(await client.messages(created.sid).remove(), true)
console.log('ok')
