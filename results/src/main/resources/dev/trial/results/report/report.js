'use strict';
// What the report says in words and tables. Texts become text nodes only.
const data = JSON.parse(document.getElementById('data').textContent);
const end = Math.max(data.end, 1);
const clientOf = new Map(data.processes.map(p => [p.id, p.client + (p.incarnation ? ' #' + p.incarnation : '')]));

function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  for (const child of children) node.append(child);
  return node;
}
function open(id) {
  const section = document.getElementById(id);
  section.hidden = false;
  return section.querySelector('.body');
}
const td = (text, kind) => el('td', kind ? {class: kind} : {}, String(text));

// On a narrow screen a row is a few lines; figures are named by their column there.
function table(headings, rows, caption) {
  const head = el('tr', {});
  headings.forEach((h, i) => {
    const number = rows.length && rows[0][i].classList.contains('number');
    head.append(el('th', number ? {class: 'number', scope: 'col'} : {scope: 'col'}, h));
  });
  const body = el('tbody', {});
  rows.forEach(cells => {
    cells.forEach((cell, i) => { if (cell.classList.contains('number')) cell.dataset.is = headings[i]; });
    body.append(el('tr', {}, ...cells));
  });
  const all = el('table', {class: 'stack'});
  if (caption) all.append(el('caption', {}, caption));
  all.append(el('thead', {}, head), body);
  return el('div', {class: 'scroll'}, all);
}
function words(pairs) {
  const list = el('dl', {class: 'words'});
  pairs.forEach(([word, meaning]) => list.append(el('dt', {}, word), el('dd', {}, meaning)));
  return list;
}
function folded(title, content) {
  return el('details', {}, el('summary', {}, title), content);
}

const expectations = {
  holds: 'holds (any anomaly that the claim does not set apart is a finding)',
  breaks: 'breaks (what the claim names has to show in some run; anything else is a finding)',
  'breaks-only-if': 'breaks only if (the anomaly has to show in some run, for the reason that the claim names; for any other it is a finding)',
};
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
  fact('verdict', {valid: 'valid (no anomaly)', invalid: 'invalid (anomalies were proven)'}[s.verdict] || s.verdict);
  fact('expected', expectations[s.expected] || s.expected);
  fact('seed', s.seed);
  fact('world', s.target === 'sim' ? 'sim (simulation)' : s.target);
  fact('client', 'kafka-clients ' + s.client);
  fact('operations', s.operations.toLocaleString('en'));
  fact('faults', s.faults);
  fact('time', (s.simulated_ms / 1000).toFixed(1) + ' s' + (s.trace_hash ? ' simulated in ' + (s.wall_ms / 1000).toFixed(2) + ' s' : ''));
  const seen = Object.entries(data.counts).map(([name, count]) => count + ' × ' + name);
  if (seen.length) fact('seen', seen.join(', '));
  box.append(facts);
  if (s.replay) box.append(el('p', {class: 'dim'}, 'Run it again:'), el('code', {class: 'replay', tabindex: 0}, './' + s.replay));
}

// A run that was made small is short enough to be told.
function story() {
  if (!data.shrunk) return;
  const list = el('ol', {class: 'story'});
  const line = (when, text) => list.append(el('li', {}, el('span', {class: 'mono dim'}, when), ' ', text));
  data.story.forEach(s => line('at ' + s.t.toFixed(1) + ' s', s.text));
  if (data.anomalies.length) line('in the end', data.anomalies[0].sentence);
  open('story').append(list, words([['seconds', 'since the run began']]));
}
function shrunk() {
  const s = data.shrunk;
  if (!s) return;
  const seconds = ms => (ms / 1000).toFixed(1) + ' s';
  const row = (what, key, text) => [td(what), td(text ? text(s.before[key]) : s.before[key].toLocaleString('en'), 'number'), td(text ? text(s.after[key]) : s.after[key].toLocaleString('en'), 'number')];
  open('shrunk').append(table(['', 'before', 'after'], [row('faults', 'faults'), row('clients', 'clients'), row('client operations', 'operations'),
    row('partitions', 'partitions'), row('nodes', 'nodes'), row('load', 'load_ms', seconds)],
    'Of ' + s.of + ', in ' + s.runs.toLocaleString('en') + ' runs' + (s.cut_short ? ', until the budget was spent or it was told to end: more may go' : ': nothing more can go') + '. It still shows the same anomaly for the same cause.'));
}

function operations(a) {
  return table(['no.', 'second', 'client', 'stage', 'call', 'what'], a.operations.map(o => {
    const cells = [td(o.index, 'number mono'), td(o.t.toFixed(3), 'number mono'), td(o.process < 0 ? 'harness' : clientOf.get(o.process) || 'process ' + o.process),
      td(o.aside ? 'meanwhile' : o.stage, o.aside ? '' : 'stage-' + o.stage), td(o.name), td(o.text, 'mono text wide')];
    if (o.aside) cells.forEach(cell => cell.classList.add('aside'));
    return cells;
  }));
}
function anomaly(a, unfolded) {
  const box = el('div', {class: 'item'});
  box.append(el('span', {class: 'name'}, a.kind), ' ', el('span', {class: 'dim'},
    [a.partition, a.cause === 'unexplained' ? '' : a.cause.replace(/-/g, ' '), a.unexpected ? 'unexpected' : 'as expected'].filter(Boolean).join(' · ')));
  if (unfolded) box.append(el('p', {class: 'dim'}, a.definition));
  box.append(el('p', {}, a.sentence));
  const proving = a.operations.filter(o => !o.aside).length;
  box.append(unfolded ? operations(a) : folded(proving + ' operations', operations(a)));
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
    const count = data.counts[list[0].kind];
    const rest = el('div', {});
    list.slice(1).forEach(a => rest.append(anomaly(a, false)));
    body.append(folded((count - 1) + ' more ' + list[0].kind + (count > list.length ? ', the first ' + (list.length - 1) + ' here' : ''), rest));
  });
  body.append(words([['no.', 'the number of the operation in history.jsonl'], ['second', 'since the run began'],
    ['stage', 'invoke: asked for; ok: done; fail: not done, for certain; info: a fact, or nobody knows whether it was done; meanwhile: no part of the proof, but may explain it'],
    ['t@n', 'offset n of partition t'], ['#1', 'the client’s second process, started after the first one ended; #2 the third, and so on']]));
}

const hitBy = f => f.error ? (f.hit || 'nobody') + ' (' + f.error + ')' : f.hit || 'nobody';
function everyFault(faults) {
  return table(['from', 'to', 'fault', 'aimed at', 'hit'], faults.map(f => [
    td(f.from.toFixed(3), 'number mono'), td(f.to.toFixed(3), 'number mono'), td(f.what), td(f.whom), td(hitBy(f), 'wide')]));
}
function tally(list) {
  const counts = new Map();
  list.forEach(each => counts.set(each, (counts.get(each) || 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name, n]) => n > 1 ? n + ' × ' + name : name).join(', ');
}
const FAULTS_UNFOLDED = 12;
function faults() {
  if (!data.faults.length) return;
  const alike = new Map();
  data.faults.forEach(f => { const key = f.what + '\n' + f.whom; alike.set(key, (alike.get(key) || []).concat(f)); });
  const body = open('faults');
  if (alike.size === data.faults.length && alike.size <= FAULTS_UNFOLDED) {
    body.append(everyFault(data.faults));
  } else {
    const groups = [...alike.values()];
    const kinds = table(['times', 'first', 'last', 'fault', 'aimed at', 'hit'], groups.map(list => [td(list.length, 'number'),
      td(list[0].from.toFixed(3), 'number mono'), td(list[list.length - 1].from.toFixed(3), 'number mono'),
      td(list[0].what), td(list[0].whom), td(tally(list.map(hitBy)), 'wide')]));
    body.append(groups.length <= FAULTS_UNFOLDED ? kinds : folded(groups.length + ' kinds of faults', kinds));
    body.append(folded('each of the ' + data.faults.length + ' faults', everyFault(data.faults)));
  }
  body.append(words([['second', 'times are seconds since the run began'],
    ['aimed at', 'whom the schedule names, often by role; hit is who had that role then']]));
}

function statistics() {
  if (!data.statistics.length) return;
  open('statistics').append(el('p', {class: 'dim'}, 'Counts worth reading; the verdict does not hang on them.'),
    table(['what', 'name in verdict.json', 'count'], data.statistics.map(s => [
      td(s.words || s.key.replace(/[-.]/g, ' ')), td(s.key, 'mono dim'), td(s.value.toLocaleString('en'), 'number mono')])));
}
function settings() {
  const rows = Object.entries(data.settings);
  if (rows.length) open('settings').append(table(['setting', 'value'], rows.map(([k, v]) => [td(k, 'mono wide'), td(v, 'mono wide')])));
}
