// Plots over time. They are as wide as there is room, and drawn again when that changes.
const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const faint = name => colour(name) + '22';
const PAPER = 680;
let paper = 0;

// Draws into its own box; what was drawn there before is taken away.
const drawings = [];
function drawing(body, draw) {
  const box = el('div', {class: 'drawing'});
  body.append(box);
  drawings.push(() => { box.replaceChildren(); draw(box, paper || box.clientWidth || 680); });
  return box;
}
function redraw() { drawings.forEach(draw => draw()); }

function bands(u) {
  const ctx = u.ctx;
  ctx.save();
  ctx.beginPath();
  ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  ctx.clip();
  data.faults.forEach(f => {
    const left = u.valToPos(f.from, 'x', true);
    const width = Math.max(2, u.valToPos(Math.max(f.to, f.from), 'x', true) - left);
    ctx.fillStyle = colour('band');
    ctx.fillRect(left, u.bbox.top, width, u.bbox.height);
    ctx.fillStyle = colour('band-edge');
    ctx.fillRect(left, u.bbox.top, 1, u.bbox.height);
  });
  ctx.restore();
}
const active = () => [el('i', {style: 'background:var(--band-edge)'}), 'a fault is active'];
function axis(more) {
  return Object.assign({stroke: colour('dim'), grid: {stroke: colour('grid'), width: 1}, ticks: {stroke: colour('grid'), width: 1}}, more);
}
// The picture has its figures as a sentence for those who do not see it.
function plot(id, sentence, series, values, y) {
  const box = drawing(open(id), (node, width) => {
    const more = y ? y(width) : {};
    new uPlot({width: width, height: width < 500 ? 200 : 240, padding: [12, 12, 0, 0],
      scales: {x: {time: false, range: [0, end]}, y: more.scale || {}},
      axes: [axis({label: 'seconds since the run began', labelSize: 18, size: 34}), axis(Object.assign({size: width < 500 ? 48 : 64}, more.axis))],
      series: [{label: 'second'}].concat(series()), hooks: {drawClear: [bands], draw: more.draw || []},
      cursor: {points: {show: false}}, legend: {live: false}}, values, node);
  });
  box.setAttribute('role', 'img');
  box.setAttribute('aria-label', sentence);
  open(id).append(el('p', {class: 'legend'}, ...active()));
}

const decade = v => Math.abs(Math.log10(v) - Math.round(Math.log10(v))) < 0.001;
const decades = (u, vs) => vs.map(v => v != null && decade(v) ? v : null);
const dots = (label, name) => ({label: label, stroke: colour(name), paths: () => null, points: {show: true, size: 4, fill: colour(name), stroke: colour(name)}});
function latency() {
  const l = data.latency;
  if (!l.t.length) return;
  const sentence = 'acknowledged sends: half within ' + l.p50 + ' ms, 95 % within ' + l.p95 + ' ms, 99 % within ' + l.p99 + ' ms, the slowest ' + l.max + ' ms'
    + (l.unanswered ? '; ' + l.unanswered + ' sends never answered' : '');
  plot('latency', sentence, () => [dots('answered', 'blue'), dots('failed or unknown', 'bad')], [l.t, l.ok, l.open], width => ({
    scale: {distr: 3},
    axis: {size: width < 500 ? 62 : 92, grid: {stroke: colour('grid'), width: 1, filter: decades}, ticks: {stroke: colour('grid'), width: 1, filter: decades},
      values: (u, vs) => vs.map(v => v == null || !decade(v) ? '' : (v >= 1000 ? v / 1000 + ' s' : v + ' ms'))}}));
  open('latency').append(el('p', {class: 'legend'}, sentence));
}

const line = (label, name) => ({label: label, stroke: colour(name), width: 1.5, fill: faint(name), points: {show: false}});
// Where a few peaks are far above all else the plot ends below them, and says how high they are.
function ceiling(series) {
  const all = series.flat().filter(v => v > 0).sort((a, b) => a - b);
  const most = all[all.length - 1] || 1;
  const usual = all[Math.floor(all.length * .9)] || 1;
  return most > 3 * usual ? 2 * usual : most;
}
function peaks(series, top) {
  return u => {
    u.ctx.save();
    u.ctx.fillStyle = colour('bad');
    series.forEach(values => values.forEach((v, i) => {
      if (v <= top) return;
      const x = u.valToPos(u.data[0][i], 'x', true), y = u.bbox.top, r = 5 * devicePixelRatio;
      u.ctx.beginPath();
      u.ctx.moveTo(x, y);
      u.ctx.lineTo(x - r, y + r * 1.4);
      u.ctx.lineTo(x + r, y + r * 1.4);
      u.ctx.fill();
    }));
    u.ctx.restore();
  };
}
function rates() {
  const r = data.rates;
  if (!r.t.length) return;
  const delivered = r.delivered.some(v => v > 0);
  const values = [r.acknowledged, r.failed].concat(delivered ? [r.delivered] : []);
  const most = Math.max(...values.flat(), 1);
  const usual = ceiling(values);
  let top = usual;
  const series = () => [line('acknowledged/s', 'ok'), line('failed or unknown/s', 'bad')].concat(delivered ? [line('delivered/s', 'blue')] : []);
  const total = r.acknowledged.reduce((a, b) => a + b, 0) / Math.max(1, r.acknowledged.length);
  plot('rates', 'sends acknowledged, sends failed and records delivered a second; ' + total.toFixed(0) + ' acknowledged a second on average, peaks up to ' + most,
    series, [r.t].concat(values), () => ({scale: {range: [0, top * 1.04]}, draw: top < most ? [peaks(values, top * 1.04)] : []}));
  if (usual === most) return;
  const note = el('p', {class: 'legend up'});
  const told = () => top < most ? 'higher than the plot, up to ' + most.toLocaleString('en') + ' a second ' : 'drawn to the highest peak ';
  const button = el('button', {type: 'button'}, '');
  const say = () => { button.textContent = top < most ? 'show whole peaks' : 'cut the peaks off'; note.replaceChildren(el('i', {}, '▲'), told(), button); };
  button.addEventListener('click', () => { top = top < most ? most : usual; say(); redraw(); button.focus(); });
  say();
  open('rates').append(note);
}
function lag() {
  const l = data.lag;
  if (!l.t.length) return;
  plot('lag', 'records acknowledged and not yet delivered, at most ' + Math.max(...l.records),
    () => [line('records acknowledged and not yet delivered', 'violet')], [l.t, l.records]);
}
