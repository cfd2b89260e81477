'use strict';
(function () {
  const data = JSON.parse(document.getElementById('data').textContent);
  const colours = ['#2563a8', '#c77700', '#14795a', '#8a3ffc', '#c0322b', '#0f8a9d', '#7a5c2e', '#d0468b'];
  const end = Math.max(data.end, 1);

  function el(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
    for (const child of children) node.append(child);
    return node;
  }
  function svg(name, attributes, text) {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
  }
  function open(id) {
    const section = document.getElementById(id);
    section.hidden = false;
    return section.querySelector('.body');
  }
  function table(headings, rows) {
    const head = el('tr', {});
    headings.forEach((h, i) => {
      const first = rows.length ? rows[0][i] : undefined;
      const numbers = first instanceof Node && first.classList.contains('number');
      head.append(el('th', numbers ? {class: 'number'} : {}, h));
    });
    const body = el('tbody', {});
    rows.forEach(cells => {
      const row = el('tr', {});
      cells.forEach(cell => row.append(cell instanceof Node ? cell : el('td', {}, String(cell))));
      body.append(row);
    });
    return el('div', {class: 'scroll'}, el('table', {}, el('thead', {}, head), body));
  }
  const td = (text, kind) => el('td', {class: kind}, String(text));

  function head() {
    const s = data.summary;
    const kind = {'as-expected': 'good', finding: 'bad', error: 'bad'}[s.outcome] || 'open';
    const box = document.getElementById('head');
    box.append(el('span', {class: 'badge ' + kind}, s.outcome.replace(/-/g, ' ')));
    box.append(el('h1', {}, (s.claim || s.workload) + (s.half ? ' · ' + s.half : '')));
    if (data.sentence) box.append(el('p', {class: 'dim'}, '“' + data.sentence + '”'));
    const first = data.anomalies[0];
    box.append(el('p', {class: 'cause' + (!first ? ' clean' : first.unexpected ? '' : ' expected')},
      first ? first.sentence : s.reason || 'No anomaly: every promise on trial held in this run.'));
    const facts = el('div', {class: 'facts'});
    const fact = (name, value) => facts.append(el('span', {}, el('span', {class: 'dim'}, name + ' '), el('b', {}, String(value))));
    fact('verdict', s.verdict);
    fact('expected', s.expected);
    fact('seed', s.seed);
    fact('target', s.target);
    fact('client', 'kafka-clients ' + s.client);
    fact('operations', s.operations.toLocaleString('en'));
    fact('faults', s.faults);
    fact('time', (s.simulated_ms / 1000).toFixed(1) + ' s' + (s.trace_hash ? ' simulated in ' + (s.wall_ms / 1000).toFixed(2) + ' s' : ''));
    Object.entries(data.counts).forEach(([name, count]) => fact(name, count));
    box.append(facts);
    if (s.replay) box.append(el('p', {class: 'dim'}, 'Run it again:'), el('div', {class: 'replay mono'}, './' + s.replay));
  }

  function anomaly(a, unfolded) {
    const box = el('div', {class: 'anomaly'});
    box.append(el('span', {class: 'name'}, a.kind), ' ', el('span', {class: 'dim'},
      [a.partition, a.cause === 'unexplained' ? '' : a.cause.replace(/-/g, ' '), a.unexpected ? 'unexpected' : 'as expected'].filter(Boolean).join(' · ')));
    box.append(el('p', {}, a.sentence));
    const ops = table(['#', 'second', 'process', '', 'operation', ''], a.operations.map(o => {
      const cells = [td(o.index, 'number mono'), td(o.t.toFixed(3), 'number mono'), td(o.process < 0 ? 'harness' : o.process, 'number'),
        td(o.aside ? 'meanwhile' : o.stage, o.aside ? '' : 'stage-' + o.stage), td(o.name), td(o.text, 'mono text')];
      if (o.aside) cells.forEach(cell => cell.classList.add('aside'));
      return cells;
    }));
    const proving = a.operations.filter(o => !o.aside).length;
    box.append(unfolded ? ops : el('details', {}, el('summary', {}, proving + ' operations'), ops));
    return box;
  }
  function proof() {
    if (!data.anomalies.length) return;
    const body = open('proof');
    const kinds = new Map();
    data.anomalies.forEach(a => { const key = a.kind + a.unexpected; kinds.set(key, (kinds.get(key) || []).concat(a)); });
    kinds.forEach(list => {
      body.append(anomaly(list[0], true));
      if (list.length === 1) return;
      const rest = el('details', {}, el('summary', {}, (data.counts[list[0].kind] - 1) + ' more ' + list[0].kind + (data.counts[list[0].kind] > list.length ? ', the first ' + (list.length - 1) + ' here' : '')));
      list.slice(1).forEach(a => rest.append(anomaly(a, false)));
      body.append(rest);
    });
  }

  function faults() {
    if (!data.faults.length) return;
    open('faults').append(table(['from', 'to', 'fault', 'whom', 'hit'], data.faults.map(f => [
      td(f.from.toFixed(3), 'number mono'), td(f.to.toFixed(3), 'number mono'), td(f.what), td(f.whom),
      td(f.error ? (f.hit || 'nobody') + ' (' + f.error + ')' : f.hit || 'nobody')])));
  }

  function bands(u) {
    const ctx = u.ctx;
    ctx.save();
    ctx.beginPath();
    ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
    ctx.clip();
    data.faults.forEach(f => {
      const left = u.valToPos(f.from, 'x', true);
      const width = Math.max(2, u.valToPos(Math.max(f.to, f.from), 'x', true) - left);
      ctx.fillStyle = 'rgba(192,50,43,.10)';
      ctx.fillRect(left, u.bbox.top, width, u.bbox.height);
      ctx.fillStyle = 'rgba(192,50,43,.45)';
      ctx.fillRect(left, u.bbox.top, 1, u.bbox.height);
    });
    ctx.restore();
  }
  function plot(id, series, values, options) {
    const body = open(id);
    const width = Math.max(600, body.clientWidth || 1070);
    const chart = new uPlot(Object.assign({
      width: width, height: 240, padding: [12, 12, 0, 0],
      scales: {x: {time: false, range: [0, end]}},
      axes: [{label: 'seconds', labelSize: 18, size: 34, grid: {stroke: '#eef1f3'}}, {size: 64, grid: {stroke: '#eef1f3'}}],
      series: [{label: 'second'}].concat(series), hooks: {drawClear: [bands]}, cursor: {points: {show: false}}, legend: {live: false},
    }, options || {}), values, body);
    body.append(el('p', {class: 'legend'}, el('i', {style: 'background:rgba(192,50,43,.35)'}), 'a fault is active'));
    return chart;
  }
  const decade = v => Math.abs(Math.log10(v) - Math.round(Math.log10(v))) < 0.001;
  const decades = (u, vs) => vs.map(v => v != null && decade(v) ? v : null);
  const dots = (label, colour) => ({label: label, stroke: colour, paths: () => null, points: {show: true, size: 4, fill: colour, stroke: colour},
    value: (u, v) => v == null ? '' : v + ' ms'});
  function latency() {
    const l = data.latency;
    if (!l.t.length) return;
    plot('latency', [dots('answered', '#2563a8'), dots('failed or unknown', '#c0322b')], [l.t, l.ok, l.open], {
      scales: {x: {time: false, range: [0, end]}, y: {distr: 3}},
      axes: [{label: 'seconds', labelSize: 18, size: 34, grid: {stroke: '#eef1f3'}},
        {size: 92, grid: {stroke: '#eef1f3', filter: decades}, ticks: {filter: decades}, values: (u, vs) => vs.map(v => v == null || !decade(v) ? '' : v.toLocaleString('en') + ' ms')}],
    });
    document.querySelector('#latency .body').append(el('p', {class: 'legend'},
      'acknowledged sends: median ' + l.p50 + ' ms, 95 % ' + l.p95 + ' ms, 99 % ' + l.p99 + ' ms, slowest ' + l.max + ' ms'
      + (l.unanswered ? '; ' + l.unanswered + ' sends never answered' : '')));
  }
  const line = (label, colour) => ({label: label, stroke: colour, width: 1.5, fill: colour + '14', points: {show: false},
    value: (u, v) => v == null ? '' : v + '/s'});
  function rates() {
    const r = data.rates;
    if (!r.t.length) return;
    const series = [line('acknowledged/s', '#14795a'), line('failed or unknown/s', '#c0322b')];
    const values = [r.t, r.acknowledged, r.failed];
    if (r.delivered.some(v => v > 0)) { series.push(line('delivered/s', '#2563a8')); values.push(r.delivered); }
    plot('rates', series, values);
  }
  function lag() {
    if (data.lag.t.length) plot('lag', [{label: 'records not yet delivered', stroke: '#8a3ffc', width: 1.5, fill: '#8a3ffc14', points: {show: false}}], [data.lag.t, data.lag.records]);
  }

  const left = 150, right = 1076, row = 24;
  const x = t => left + (Math.max(0, t) / end) * (right - left);
  function canvas(rows, label) {
    const height = rows.length * row + 26;
    const root = svg('svg', {viewBox: '0 0 ' + (right + 4) + ' ' + height, role: 'img', 'aria-label': label});
    data.faults.forEach(f => {
      const band = svg('rect', {x: x(f.from), y: 0, width: Math.max(1.5, x(f.to) - x(f.from)), height: rows.length * row, fill: 'rgba(192,50,43,.10)'});
      band.append(svg('title', {}, f.what + ' · ' + f.whom + ' · ' + f.hit));
      root.append(band);
    });
    const step = [0.5, 1, 2, 5, 10, 20, 30, 60, 120].find(s => end / s <= 14) || 300;
    for (let t = 0; t <= end; t += step) {
      root.append(svg('line', {x1: x(t), x2: x(t), y1: 0, y2: rows.length * row, stroke: '#eef1f3'}));
      root.append(svg('text', {x: x(t), y: rows.length * row + 16, 'text-anchor': 'middle', class: 'dim'}, t + ' s'));
    }
    rows.forEach((name, i) => {
      root.append(svg('text', {x: 0, y: i * row + 16}, name.length > 22 ? name.slice(0, 21) + '…' : name));
    });
    return root;
  }
  function span(root, from, to, i, colour, title, label) {
    const width = Math.max(1.5, x(to) - x(from));
    const bar = svg('rect', {x: x(from), y: i * row + 4, width: width, height: row - 8, rx: 2, fill: colour, 'fill-opacity': .85});
    bar.append(svg('title', {}, title));
    root.append(bar);
    if (label && width > label.length * 6.5 + 6) root.append(svg('text', {x: x(from) + 4, y: i * row + 16, style: 'fill:#fff;font-size:11px'}, label));
  }

  function lanes() {
    if (!data.processes.length) return;
    const stage = {ok: '#14795a', invoke: '#9aa5ad', fail: '#c0322b', info: '#2563a8'};
    const root = canvas(data.processes.map(p => p.name), 'what each process did when');
    data.processes.forEach((p, i) => {
      root.append(svg('line', {x1: x(p.from), x2: x(p.to), y1: i * row + 12, y2: i * row + 12, stroke: '#9aa5ad'}));
      p.marks.forEach(m => {
        if (m[2] === 'invoke') return;
        root.append(svg('rect', {x: x(m[0]) - .75, y: i * row + 5, width: 1.5, height: 14, fill: stage[m[2]]}));
      });
      if (p.how && p.how !== 'closed') root.append(svg('text', {x: x(p.to) - 4, y: i * row + 17, style: 'fill:#c0322b;font-size:16px'}, '×'));
    });
    const body = open('lanes');
    body.append(root);
    body.append(el('p', {class: 'legend'}, el('i', {style: 'background:#14795a'}), 'ok', el('i', {style: 'background:#c0322b'}), 'failed',
      el('i', {style: 'background:#2563a8'}), 'fact or unknown', el('i', {style: 'background:rgba(192,50,43,.35)'}), 'a fault is active', '  × crashed'));
  }
  function leadership() {
    if (!data.leadership.length) return;
    const root = canvas(data.leadership.map(p => p.partition), 'which broker led each partition when');
    data.leadership.forEach((p, i) => p.spans.forEach((s, k) => {
      const to = k + 1 < p.spans.length ? p.spans[k + 1].t : end;
      const title = p.partition + ' from ' + s.t + ' s: leader ' + (s.leader < 0 ? 'none' : s.leader) + ', epoch ' + s.epoch + ', in sync ' + s.isr + ', ' + s.election;
      span(root, s.t, to, i, s.leader < 0 ? '#c9ced2' : s.election === 'unclean' ? '#c0322b' : colours[s.leader % colours.length], title,
        s.leader < 0 ? 'none' : s.leader + ' e' + s.epoch + ' ' + s.isr.replace(/ /g, ''));
    }));
    const body = open('leadership');
    body.append(root);
    const brokers = [...new Set(data.leadership.flatMap(p => p.spans.map(s => s.leader)))].filter(b => b >= 0).sort((a, b) => a - b);
    const legend = el('p', {class: 'legend'});
    brokers.forEach(b => legend.append(el('i', {style: 'background:' + colours[b % colours.length]}), 'broker ' + b));
    legend.append(el('i', {style: 'background:#c9ced2'}), 'no leader');
    body.append(legend);
  }
  function groups() {
    if (!data.groups.length) return;
    const root = canvas(data.groups.map(g => g.group + ' ' + g.partition), 'which process owned each partition when');
    data.groups.forEach((g, i) => g.spans.forEach(s => {
      const to = s[1] < 0 ? end : s[1];
      span(root, s[0], to, i, colours[s[2] % colours.length], 'process ' + s[2] + ', generation ' + s[3] + ', ' + s[0] + '–' + to + ' s', 'process ' + s[2] + ' g' + s[3]);
    }));
    open('groups').append(root);
  }
  function pairs(id, object, headings) {
    const rows = Object.entries(object || {});
    if (rows.length) open(id).append(table(headings, rows.map(([k, v]) => [td(k, 'mono'), td(v, 'mono')])));
  }

  head(); proof(); faults(); latency(); rates(); lanes(); leadership(); groups(); lag();
  pairs('statistics', data.summary.statistics, ['', '']);
  pairs('settings', data.settings, ['setting', 'value']);
})();
