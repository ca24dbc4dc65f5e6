// SPDX-License-Identifier: GPL-3.0-or-later
'use strict'
// Contoh aplikasi Node yang mendengarkan di port lokal.
const http = require('http')
http.createServer((request, response) => {
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify({ aplikasi: 'peta', dari: request.headers['x-real-ip'], rilis: process.env.TERPUSAT_RELEASE }))
}).listen(Number(process.env.PORT), process.env.HOST)
