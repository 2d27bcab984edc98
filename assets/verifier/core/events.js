// What a journal can say: every event with its fields, in the order in which they are written.
// `tests/verifier` holds this to the program's own list; archives are read for years, so nothing here
// may change, only be added.

const FINDING = ['optional', 'message'];
const STILL = { name: 'text', sha256: 'digest' };
const GROUP = ['one', 'delivered', 'kept'];
const AILMENT = ['one', 'slow', 'frozen', 'black', 'overexposed', 'covered', 'blurred', 'moved'];
const ROLE = ['one', 'station', 'head', 'member'];
const PERSON_ROLE = [
  'one',
  'technician',
  'point_head',
  'commission_member',
  'commission_head',
  'regional_centre',
  'organiser',
  'observer',
];
const ITEM_STATE = ['one', 'in_use', 'reserve', 'repair', 'written_off'];
const MOVE = ['one', 'move', 'hand_out', 'return', 'repair', 'write_off'];
const ITEM = {
  number: 'text',
  serial: 'text',
  kind: 'text',
  name: 'text',
  place: 'text',
  holder: 'text',
  state: ITEM_STATE,
  role: 'text',
};
const PURPOSE = ['one', 'medium', 'daily', 'cumulative'];
const SUPPORT_LINE = ['one', 'first', 'second', 'head'];
const SEAL = { number: 'text', intact: 'bool' };
const THING_KIND = ['one', 'usb', 'disk', 'network', 'session', 'mains', 'battery', 'lid', 'computer'];
const THING = { kind: THING_KIND, place: 'text', name: 'text', ident: 'text', on: 'bool' };
const ZONE = ['one', 'auditorium', 'staff_room', 'corridor', 'entrance', 'gate', 'strong_room'];

/** @typedef {string | any[] | { [field: string]: Shape }} Shape
 * A word of {@link SHAPES}; `['one', …words]`, `['list', shape]`, `['optional', shape]`; or fields in order. */

/** @type {Record<string, Record<string, Shape>>} */
export const EVENTS = {
  point_opened: { device_key: 'text' },
  key_rotated: { old: 'text', new: 'text', statement: 'digest' },
  profile_changed: { old: ['optional', 'digest'], new: 'digest' },
  pin_set: { person: 'slug32' },
  exam_named: { date: 'text' },
  briefing_signed: { briefing: 'slug48', version: 'u32', sha256: 'digest', person: 'slug32' },
  items_listed: { items: ['list', ITEM] },
  item_moved: { number: 'text', act: MOVE, place: 'text', holder: 'text', state: ITEM_STATE, note: 'text' },
  item_replaced: { old: 'text', new: 'text', reason: 'text' },
  items_counted: { count: 'u32', found: ['list', 'text'], missing: ['optional', 'u32'] },
  stock_changed: { name: 'text', unit: 'text', left: 'u32', low: 'u32', note: 'text' },
  day_verified: { day: 'slug64', verdict: 'text', faults: 'u64' },
  day_deletion_begun: {
    day: 'slug64',
    keep_until: 'text',
    parts: ['list', 'digest'],
    files: 'u64',
    bytes: 'u64',
    reason: 'text',
  },
  day_deleted: { day: 'slug64' },
  day_planned: { day: 'slug64', plan: 'digest' },
  day_sealed: { day: 'slug64', parts: ['list', 'digest'] },
  countersigned: { day: 'slug64', role: ROLE, key: 'text', sha256: 'digest' },
  copy_begun: { day: 'slug64', target: 'text', medium: 'text', purpose: PURPOSE, encrypted: 'bool' },
  medium_told: { day: 'slug64', target: 'text', medium: 'text', serial: 'text' },
  copy_failed: { day: 'slug64', target: 'text', cause: 'message' },
  handed_over: { day: 'slug64', media: 'u32', reason: 'text' },
  copy_verified: { day: 'slug64', target: 'text', files: 'u32' },

  day_opened: { day: 'slug64', epoch_key: 'text' },
  station_started: { version: 'text', restart: 'u32', link: ['one', 'first', 'linked', 'unlinked'] },
  taken_over: { day: 'slug64', reason: 'text' },
  station_stopped: {},
  torn_tail_cut: { bytes: 'u64' },
  signed_in: { person: 'slug32' },
  signed_out: { person: 'slug32' },
  sign_in_failed: { person: 'slug32' },
  pin_renewed: { person: 'slug32', reason: 'text' },
  person_replaced: {
    replaced: 'slug32',
    person: 'slug32',
    name: 'text',
    post: 'text',
    role: PERSON_ROLE,
    date: 'text',
    reason: 'text',
  },
  sign_in_paused: { person: 'slug32', failures: 'u32', seconds: 'u32' },
  screen_locked: { person: 'slug32' },
  kiosk_left: { reason: 'text' },
  clock_stepped: { step_ms: 'i64' },
  time_zone_changed: { from_min: 'i32', to_min: 'i32' },
  disk_low: { level: ['one', 'low', 'critical'], free_bytes: 'u64', needed_bytes: 'u64' },
  disk_recovered: { free_bytes: 'u64' },
  alarm_acknowledged: { alarm: 'text' },

  check_started: { checklist: 'slug48', version: 'u32' },
  step_recorded: {
    checklist: 'slug48',
    step: 'slug48',
    outcome: ['one', 'passed', 'failed', 'unknown'],
    confirmed: 'bool',
    finding: FINDING,
    evidence: ['list', { name: 'text', value: 'argument' }],
    note: 'text',
  },
  step_photographed: { checklist: 'slug48', step: 'slug48', camera: 'slug32', still: STILL },
  step_waived: { checklist: 'slug48', step: 'slug48', reason: 'text' },
  check_finished: { checklist: 'slug48' },

  recording_started: { cameras: ['list', 'slug32'] },
  start_due: { zone: ZONE, at_ms: 'i64', cameras: ['list', 'slug32'] },
  stop_ordered: { cameras: ['list', 'slug32'], handover_done: 'bool', reason: 'text' },
  recording_stopped: { camera: 'slug32' },
  camera_works: { camera: 'slug32', width: 'u32', height: 'u32', detail: 'text' },
  source_replaced: { camera: 'slug32', source: 'text', reason: 'text' },
  camera_lost: { camera: 'slug32', last_frame_ms: ['optional', 'i64'], cause: 'message' },
  driver_stuck: { camera: 'slug32', attempts: 'u32' },
  sound_works: { camera: 'slug32', detail: 'text' },
  sound_lost: { camera: 'slug32', cause: 'message' },
  sound_silent: { camera: 'slug32', from_ms: 'i64' },
  sound_heard: { camera: 'slug32', from_ms: 'i64', to_ms: 'i64' },
  gap: { camera: 'slug32', from_ms: 'i64', to_ms: 'i64', cause: 'message' },
  segment_finished: {
    camera: 'slug32',
    segment: 'u32',
    from_ms: 'i64',
    to_ms: 'i64',
    frames: 'u64',
    bytes: 'u64',
    sha256: 'digest',
    index_sha256: 'digest',
    repaired: 'bool',
  },
  segment_indexed: { camera: 'slug32', segment: 'u32', lines: 'u64', root: 'digest' },
  segment_taken: { camera: 'slug32', segment: 'u32', part: 'u32' },
  picture_finding: { camera: 'slug32', kind: AILMENT, from_ms: 'i64', still: ['optional', STILL] },
  picture_recovered: { camera: 'slug32', kind: AILMENT, from_ms: 'i64', to_ms: 'i64' },
  reference_approved: { camera: 'slug32', still: STILL },
  file_repaired: { camera: 'slug32', segment: 'u32', cut_bytes: 'u64' },
  video_heads: { heads: ['list', { camera: 'slug32', segment: 'u32', lines: 'u64', root: 'digest' }] },
  recording_fault: { camera: 'slug32', cause: 'message' },

  outage_began: { camera: 'slug32', from_ms: 'i64', cause: 'message' },
  outage_ended: { camera: 'slug32', to_ms: 'i64' },
  outage_escalated: { camera: 'slug32', level: ['one', 'technician', 'head', 'limit'] },
  outage_explained: { records: ['list', 'u64'], text: 'text' },
  file_fault: { camera: 'slug32', segment: 'u32', cause: 'message' },

  equipment_seen: { things: ['list', THING] },
  equipment_changed: {
    kind: THING_KIND,
    place: 'text',
    name: 'text',
    ident: 'text',
    change: ['one', 'appeared', 'gone', 'on', 'off', 'restarted'],
    on: 'bool',
    times: 'u32',
    from_ms: 'i64',
    to_ms: 'i64',
    noticed: ['one', 'at_once', 'at_start'],
  },
  equipment_explained: { records: ['list', 'u64'], text: 'text' },

  request_made: { request: 'u32', room: 'room', category: 'text', text: 'text', due_ms: 'i64', head_due_ms: 'i64' },
  request_passed: { request: 'u32', to: SUPPORT_LINE, reason: 'text' },
  request_late: { request: 'u32', to: SUPPORT_LINE },
  request_resolved: { request: 'u32', text: 'text' },

  access_opened: {
    access: 'u32',
    person: 'slug32',
    second: 'slug32',
    rooms: { first: 'room', last: 'room' },
    action: 'text',
    reason: 'text',
    time_from: 'text',
  },
  access_closed: { access: 'u32', result: 'text', time_to: 'text' },
  access_explained: { access: 'u32', text: 'text' },
  cabinet_opened: { access: 'u32', initiator: 'slug32', seals: ['list', SEAL] },
  cabinet_closed: { access: 'u32', pak_on: 'bool', seals: ['list', 'text'] },

  corrected: { record: 'u64', text: 'text', reason: 'text' },
  code_shown: { code: 'text', size: 'u64' },
  code_written: { code: 'text' },

  part_opened: { part: 'u32', group: GROUP },
  part_copied: { part: 'u32', target: 'text', file: 'text', sha256: 'digest' },
  part_sealed: { part: 'u32', group: GROUP, file: 'text', bytes: 'u64', sha256: 'digest' },
  countersignatures_due: { roles: ['list', ROLE] },
  day_closed: { restarts: 'u32', parts: 'u32' },
};
