// What happened to clients, partitions and groups, as bars over time.
const fills = ['#2563a8', '#b36b00', '#14795a', '#7a34e0', '#c0322b', '#0b7486', '#7a5c2e', '#b83280'];
const HEIGHT = 24;

function svg(name, attributes, text) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}
const cut = (text, most) => text.length > most ? text.slice(0, most - 1) + '…' : text;

// Names stand beside their rows; where it is narrow, above them.
function canvas(rows, label, width, draw) {
  const narrow = width < 560;
  const left = narrow ? 0 : 160, right = width - 14, tall = narrow ? HEIGHT + 16 : HEIGHT;
  const x = t => left + (Math.max(0, t) / end) * (right - left);
  const bottom = rows.length * tall;
  const root = svg('svg', {width: width, height: bottom + 26, viewBox: '0 0 ' + width + ' ' + (bottom + 26), role: 'img', 'aria-label': label});
  data.faults.forEach(f => {
    const band = svg('rect', {x: x(f.from), y: 0, width: Math.max(1.5, x(f.to) - x(f.from)), height: bottom, style: 'fill:var(--band)'});
    band.append(svg('title', {}, f.what + ' · ' + f.whom + ' · ' + f.hit));
    root.append(band);
  });
  const step = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600].find(s => (right - left) * s / end >= 60) || end;
  for (let t = 0; t <= end; t += step) {
    root.append(svg('line', {x1: x(t), x2: x(t), y1: 0, y2: bottom, style: 'stroke:var(--grid)'}));
    root.append(svg('text', {x: x(t), y: bottom + 16, 'text-anchor': t === 0 ? 'start' : 'middle', class: 'dim'}, t + ' s'));
  }
  rows.forEach((name, i) => {
    const text = svg('text', {x: 0, y: i * tall + (narrow ? 12 : 16)}, cut(name, narrow ? 52 : 24));
    text.append(svg('title', {}, name));
    root.append(text);
  });
  draw({root: root, x: x, y: i => i * tall + (narrow ? 16 : 0)});
  return root;
}
function bar(at, from, to, i, fill, title, label) {
  const width = Math.max(1.5, at.x(to) - at.x(from));
  const rect = svg('rect', {x: at.x(from), y: at.y(i) + 4, width: width, height: HEIGHT - 8, rx: 2, style: 'fill:' + fill});
  rect.append(svg('title', {}, title));
  at.root.append(rect);
  if (label && width > label.length * 6.5 + 6) at.root.append(svg('text', {x: at.x(from) + 4, y: at.y(i) + 16, style: 'fill:#fff;font-size:11px'}, label));
}
const clock = t => td(t.toFixed(3), 'number mono');

// One client's processes follow one another in its row; those that overlap get a row of their own.
function clientRows() {
  const rows = [];
  data.processes.forEach(p => {
    const own = rows.filter(row => row.client === p.client);
    const row = own.find(each => each.parts[each.parts.length - 1].to <= p.from);
    if (row) { row.parts.push(p); return; }
    const fresh = {client: p.client, name: p.client + (own.length ? ', beside it' : ''), parts: [p]};
    rows.splice(own.length ? rows.indexOf(own[own.length - 1]) + 1 : rows.length, 0, fresh);
  });
  return rows;
}
function lanes() {
  if (!data.processes.length) return;
  const rows = clientRows();
  const stage = {ok: 'var(--ok)', fail: 'var(--bad)', info: 'var(--blue)'};
  const body = open('lanes');
  drawing(body, (box, width) => box.append(canvas(rows.map(row => row.name), 'what each client did when; the table below has its processes', width, at => {
    rows.forEach((row, i) => row.parts.forEach(p => {
      at.root.append(svg('line', {x1: at.x(p.from), x2: at.x(p.to), y1: at.y(i) + 12, y2: at.y(i) + 12, style: 'stroke:var(--mute)'}));
      p.marks.forEach(m => {
        if (m[2] !== 'invoke') at.root.append(svg('rect', {x: at.x(m[0]) - .75, y: at.y(i) + 5, width: 1.5, height: 14, style: 'fill:' + stage[m[2]]}));
      });
      if (p.incarnation) at.root.append(svg('line', {x1: at.x(p.from), x2: at.x(p.from), y1: at.y(i) + 1, y2: at.y(i) + 23, style: 'stroke:var(--ink);stroke-width:1.5'}));
      if (p.how && p.how !== 'closed') at.root.append(svg('text', {x: at.x(p.to), y: at.y(i) + 17, 'text-anchor': 'middle', style: 'fill:var(--bad);font-size:16px;font-weight:700'}, '×'));
    }));
  })));
  body.append(el('p', {class: 'legend'}, el('i', {style: 'background:var(--ok)'}), 'ok', el('i', {style: 'background:var(--bad)'}), 'failed',
    el('i', {style: 'background:var(--blue)'}), 'fact or unknown', ...active(), ' · | a new process of the client · × crashed or failed'));
  body.append(folded(data.processes.length + ' processes as a table', table(['from', 'to', 'client', 'kind', 'end'], data.processes.map(p =>
    [clock(p.from), clock(p.to), td(clientOf.get(p.id)), td(p.kind), td(p.how || 'not ended')]))));
}

function leadership() {
  if (!data.leadership.length) return;
  const body = open('leadership');
  const who = s => s.leader < 0 ? 'none' : 'broker ' + s.leader;
  const fill = s => s.leader < 0 ? 'var(--mute)' : s.election === 'unclean' ? '#c0322b' : fills[s.leader % fills.length];
  drawing(body, (box, width) => box.append(canvas(data.leadership.map(p => p.partition), 'which broker led each partition when; the table below says it in words', width, at => {
    data.leadership.forEach((p, i) => p.spans.forEach((s, k) => {
      const to = k + 1 < p.spans.length ? p.spans[k + 1].t : end;
      bar(at, s.t, to, i, fill(s), p.partition + ' from ' + s.t + ' s: leader ' + who(s) + ', leader epoch ' + s.epoch + ', in sync ' + s.isr + ', ' + s.election,
        s.leader < 0 ? 'none' : s.leader + ' e' + s.epoch + ' ' + s.isr.replace(/ /g, ''));
    }));
  })));
  const brokers = [...new Set(data.leadership.flatMap(p => p.spans.map(s => s.leader)))].filter(b => b >= 0).sort((a, b) => a - b);
  const legend = el('p', {class: 'legend'});
  brokers.forEach(b => legend.append(el('i', {style: 'background:' + fills[b % fills.length]}), 'broker ' + b + ' leads'));
  legend.append(el('i', {style: 'background:var(--mute)'}), 'no leader', el('i', {style: 'background:#c0322b'}), 'elected uncleanly');
  body.append(legend, words([['2 e5 [2,3]', 'broker 2 leads in leader epoch 5 (one more with each election); in sync are brokers 2 and 3']]));
  body.append(folded('as a table', table(['from', 'partition', 'leader', 'leader epoch', 'in sync', 'elected'],
    data.leadership.flatMap(p => p.spans.map(s => [clock(s.t), td(p.partition), td(who(s)), td(s.epoch, 'number'), td(s.isr), td(s.election)])))));
}

function groups() {
  if (!data.groups.length) return;
  const body = open('groups');
  const owner = s => clientOf.get(s[2]) || 'process ' + s[2];
  const until = s => s[1] < 0 ? end : s[1];
  const client = s => owner(s).split(' #')[0];
  const owners = [...new Set(data.groups.flatMap(g => g.spans.map(client)))];
  drawing(body, (box, width) => box.append(canvas(data.groups.map(g => g.group + ' ' + g.partition), 'which client owned each partition when; the table below says it in words', width, at => {
    data.groups.forEach((g, i) => g.spans.forEach(s => bar(at, s[0], until(s), i, fills[owners.indexOf(client(s)) % fills.length],
      owner(s) + ', generation ' + s[3] + ', ' + s[0] + '–' + until(s) + ' s', owner(s) + ' g' + s[3])));
  })));
  const legend = el('p', {class: 'legend'});
  owners.forEach((name, i) => legend.append(el('i', {style: 'background:' + fills[i % fills.length]}), name));
  body.append(legend, words([['g3', 'generation 3 of the group: it grows with each rebalance']]));
  body.append(folded('as a table', table(['from', 'to', 'group', 'partition', 'owner', 'generation'],
    data.groups.flatMap(g => g.spans.map(s => [clock(s[0]), clock(until(s)), td(g.group), td(g.partition), td(owner(s)), td(s[3], 'number')])))));
}

function drawAll() {
  head(); story(); shrunk(); proof(); faults(); latency(); rates(); lanes(); leadership(); groups(); lag(); statistics(); settings();
  redraw();
  let width = innerWidth;
  addEventListener('resize', () => { if (innerWidth !== width && !paper) { width = innerWidth; redraw(); } });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  matchMedia('print').addEventListener('change', query => { paper = query.matches ? PAPER : 0; redraw(); });
}
