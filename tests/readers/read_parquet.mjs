// Read Parquet with hyparquet, as a page in a browser does, and print the checksum of each table as the clients make it.
// read_parquet.mjs MODULES TABLE=FILE[,FILE...]...
import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'

const [modules, ...asked] = process.argv.slice(2)
const load = (name) => import(pathToFileURL(`${modules}/node_modules/${name}/src/${name === 'hyparquet' ? 'node' : 'index'}.js`).href)
const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await load('hyparquet')
const { compressors } = await load('hyparquet-compressors')

const quoted = /[",\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|^\s|\s$/
const quote = (text) => (quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

function decimal(number) {
  const [digits, exponent] = String(number).split('e')
  if (exponent === undefined) return Object.is(number, -0) ? '0' : digits
  const [whole, fraction = ''] = digits.replace('-', '').split('.')
  const sign = number < 0 ? '-' : ''
  const shift = Number(exponent)
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`
  return `${sign}${whole}${fraction}${'0'.repeat(shift - fraction.length)}`
}

function cell(value) {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return typeof value === 'number' ? decimal(value) : String(value)
}

for (const one of asked) {
  const [table, files] = one.split('=', 2)
  const lines = []
  let header = []
  for (const path of files.split(',')) {
    const file = await asyncBufferFromFile(path)
    const metadata = await parquetMetadataAsync(file)
    header = metadata.schema.slice(1).map((column) => column.name)
    for (const row of await parquetReadObjects({ file, metadata, compressors })) {
      lines.push(header.map((name) => quote(cell(row[name]))).join(',') || '""')
    }
  }
  const bytes = lines.map((line) => Buffer.from(line, 'utf8')).sort(Buffer.compare)
  const hash = createHash('sha256').update(`${header.map(quote).join(',')}\n`)
  for (const line of bytes) hash.update(line).update('\n')
  console.log(table, `sha256:${hash.digest('hex')}`)
}
