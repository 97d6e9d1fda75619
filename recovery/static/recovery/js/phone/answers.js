// Between the check-in's form and what the server takes.
const TOOK_PLACE = ['done', 'part'];
const URGENCIES = ['EM', 'SD', 'WD'];
const SCORES = ['average', 'worst', 'morning', 'function'];

const number = (text) => (text === null || text === '' || text === undefined ? null : Number(text));

// The answers as the server takes them, and how soon a ticked sign asks for a person.
export function read(form, made) {
  const data = new FormData(form);
  const status = data.get('session_status');
  const tookPlace = TOOK_PLACE.includes(status);
  const isWorried = data.get('worried') === 'yes';
  const body = {
    id: data.get('key') || crypto.randomUUID(),
    day: data.get('day'),
    made_at: made.at.toISOString(),
    time_zone: made.zone,
    ...Object.fromEntries(SCORES.map((name) => [name, number(data.get(name))])),
    session: {
      status,
      pain: tookPlace ? number(data.get('session_pain')) : null,
      stopped: tookPlace && data.has('session_stopped'),
      brisk_walk: tookPlace && data.has('brisk_walk'),
    },
    medicine: data.get('medicine') || 'none',
    woken: data.has('woken'),
    yesterday_morning: number(data.get('yesterday_morning')),
    red_flags: isWorried ? data.getAll('red_flags') : [],
    ...rotating(data, tookPlace),
  };
  return { body, urgency: urgencyOf(form, body.red_flags) };
}

// What is asked only now and then; left empty, it is nothing.
function rotating(data, tookPlace) {
  const told = {
    ...Object.fromEntries(['confidence', 'mood', 'sleep', 'activity'].map((name) => [name, number(data.get(name))])),
    ...Object.fromEntries(['stiffness', 'sides'].map((name) => [name, data.get(name) || null])),
    run: tookPlace ? run(data) : null,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
}

function run(data) {
  const hills = data.get('run_hills');
  const told = {
    minutes: number(data.get('run_minutes')?.trim()),
    metres: metresOf(data.get('run_km')),
    surface: data.get('run_surface') || null,
    hills: hills ? hills === 'yes' : null,
    shoes: data.get('run_shoes') || null,
  };
  return Object.values(told).some((value) => value !== null) ? told : null;
}

const metresOf = (km) => (km?.trim() ? Math.round(Number(km.trim().replace(',', '.')) * 1000) : null);

function urgencyOf(form, flags) {
  const isAmong = (kind) => (form.dataset[kind.toLowerCase()] ?? '').split(' ').some((code) => flags.includes(code));
  return URGENCIES.find(isAmong) ?? '';
}

// Which questions still want an answer, by their names in the form.
export function missing(form) {
  const data = new FormData(form);
  const body = read(form, { at: new Date(), zone: '' }).body;
  const wanted = SCORES.filter((name) => body[name] === null);
  if (!body.session.status) wanted.push('session_status');
  else if (TOOK_PLACE.includes(body.session.status) && body.session.pain === null) wanted.push('session_pain');
  if (form.querySelector('[name=medicine][required]') && !data.get('medicine')) wanted.push('medicine');
  if (!data.get('worried')) wanted.push('worried');
  else if (data.get('worried') === 'yes' && !body.red_flags.length) wanted.push('red_flags');
  if (body.average !== null && body.worst !== null && body.worst < body.average) wanted.push('worst_below');
  const { minutes = null, metres = null } = body.run ?? {};
  if (minutes !== null && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 600)) wanted.push('run_minutes');
  if (metres !== null && !(metres >= 100 && metres <= 200000)) wanted.push('run_km');
  return wanted;
}

function filledRun(told) {
  if (!told) return {};
  const hills = { true: 'yes', false: 'no' }[told.hills];
  return { run_minutes: told.minutes, run_km: told.metres && told.metres / 1000, run_surface: told.surface, run_hills: hills, run_shoes: told.shoes };
}

export function fill(form, { body }) {
  const given = {
    ...body,
    key: body.id,
    session_status: body.session.status,
    session_pain: body.session.pain,
    session_stopped: body.session.stopped,
    brisk_walk: body.session.brisk_walk,
    worried: body.red_flags.length ? 'yes' : 'no',
    ...filledRun(body.run),
  };
  for (const input of form.elements) {
    const value = given[input.name];
    if (value === undefined || value === null) continue;
    if (input.type === 'radio') input.checked = input.value === String(value);
    else if (input.type === 'checkbox') input.checked = Array.isArray(value) ? value.includes(input.value) : value;
    else if (['hidden', 'text'].includes(input.type) && typeof value !== 'object') input.value = value;
  }
}
