/**
 * Which way imports go: each part, from the ground up, and the only parts that it imports from. Types
 * count. `.` is the files that lie in the folder itself.
 *
 * Each arrow is one that is there: what isn't needed any more goes out of the table.
 */
export const ARROWS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  /** The rooms. */
  '': {
    core: [],
    clock: ['core'],
    report: ['core'],
    statemachine: ['core'],
    // The clock's type is all the simulation shares with what it tests.
    simulation: ['clock'],
    aws: ['core', 'clock'],
    store: ['core', 'clock', 'aws'],
    kinds: ['core', 'clock', 'report', 'aws', 'store'],
    steps: ['core', 'clock', 'report', 'statemachine', 'aws', 'store', 'kinds'],
    functions: ['core', 'clock', 'report', 'statemachine', 'aws', 'store', 'kinds', 'steps'],
    infra: ['core', 'report', 'statemachine', 'aws', 'kinds', 'functions'],
    local: [
      ...['core', 'clock', 'report', 'statemachine', 'simulation', 'aws', 'store', 'kinds'],
      ...['steps', 'functions', 'infra'],
    ],
    // Trials and pictures are made by what the tests have.
    tools: [
      ...['core', 'clock', 'report', 'simulation', 'aws', 'store', 'kinds', 'steps', 'functions'],
      ...['infra', 'local', 'test'],
    ],
    docs: [
      ...['core', 'statemachine', 'aws', 'store', 'kinds', 'functions', 'infra', 'local', 'tools'],
      'test',
    ],
  },
  core: {
    tags: [],
    model: ['tags'],
    words: ['model', 'input', 'outcome'],
    input: ['model'],
    outcome: ['model', 'input'],
    prices: ['model', 'input', 'outcome'],
    scope: ['model', 'input', 'outcome'],
    measure: ['model', 'outcome'],
    history: ['model', 'outcome'],
    plan: ['tags', 'model', 'input', 'outcome', 'history'],
    floors: ['model', 'input', 'plan'],
    removal: ['tags', 'model', 'input', 'outcome', 'scope', 'history', 'plan'],
    summary: ['model', 'words', 'input', 'outcome', 'prices', 'scope', 'history', 'plan', 'floors'],
  },
  report: {
    format: [],
    commands: ['format'],
    words: ['format', 'commands'],
    parts: ['format', 'commands'],
    gaps: ['commands', 'format', 'words', 'parts'],
    sections: ['format', 'commands', 'words', 'parts', 'gaps'],
    'what-to-do': ['format', 'commands', 'words', 'parts', 'gaps', 'sections'],
    message: ['format', 'commands', 'words', 'parts', 'gaps', 'sections', 'what-to-do'],
    page: ['format', 'commands', 'words', 'parts', 'gaps', 'sections', 'what-to-do'],
    approval: ['format', 'commands', 'words', 'parts', 'message'],
    terminal: ['format', 'words', 'gaps', 'sections', 'what-to-do', 'message'],
    explain: ['format', 'words', 'gaps'],
  },
  'report/page': {
    charts: ['markup'],
    markup: [],
    findings: ['markup'],
    browser: ['markup', 'findings'],
    sections: ['markup', 'findings'],
    '.': ['markup', 'findings', 'sections'],
  },
  aws: {
    answers: [],
    sessions: ['answers'],
    services: ['answers', 'sessions'],
    hub: ['answers'],
  },
  store: {
    '.': [],
    folder: ['.'],
  },
  kinds: {
    tags: [],
    prices: [],
    listings: [],
    // The contract is below its kinds, their registry above them: see the circles' test.
    ec2: ['.', 'listings'],
    ami: ['.', 'tags', 'prices', 'listings', 'ec2'],
    'ebs-snapshot': ['.', 'tags', 'prices', 'listings', 'ec2'],
    'ebs-volume': ['.', 'tags', 'prices', 'listings', 'ec2'],
    _template: ['.', 'tags'],
    '.': ['listings', 'ami', 'ebs-snapshot', 'ebs-volume', 'prices'],
  },
  steps: {
    ledger: [],
    '.': ['ledger'],
    resume: ['.'],
    targets: ['.'],
    prepare: ['.', 'resume', 'targets'],
    plan: ['.', 'targets'],
    discover: ['.', 'targets', 'ledger', 'plan'],
    report: ['.', 'targets'],
    approve: ['.', 'targets', 'plan', 'report'],
    remove: ['.', 'targets', 'ledger', 'approve'],
    restore: ['.', 'targets', 'ledger'],
    summarize: ['.', 'targets', 'ledger', 'plan', 'report', 'approve'],
  },
  functions: {
    '.': [],
    runtime: ['.'],
    lambda: ['.', 'runtime'],
  },
  infra: {
    config: [],
    policies: [],
    hub: ['.', 'config', 'policies'],
    spoke: ['.', 'config', 'policies'],
    // What hub and spokes share is below them, the app above: see the circles' test.
    '.': ['config', 'hub', 'spoke'],
    bin: ['.', 'config'],
  },
  local: {
    terminal: [],
    arguments: [],
    'aws-access': [],
    engine: [],
    connection: ['aws-access'],
    kept: ['terminal', 'arguments', 'aws-access', 'engine'],
    environment: ['arguments', 'aws-access', 'engine', 'connection', 'kept'],
    progress: ['terminal', 'engine'],
    watch: ['terminal', 'connection', 'progress'],
    hub: ['terminal', 'arguments', 'aws-access', 'engine', 'connection', 'kept', 'environment'],
    commands: [
      ...['terminal', 'arguments', 'aws-access', 'engine', 'connection', 'kept', 'environment'],
      ...['progress', 'watch', 'hub'],
    ],
    cli: ['terminal', 'arguments', 'commands'],
  },
  simulation: {
    model: [],
    'price-list': [],
    population: ['.', 'model'],
    services: ['.', 'model', 'population', 'price-list'],
    kinds: ['model', 'population', 'services'],
    scenarios: ['model', 'population', 'kinds'],
    // A clock that stands still is below what goes by it, the server above all: see the circles' test.
    '.': ['model', 'services', 'kinds'],
  },
  'simulation/kinds': {
    // The contract is below its kinds, their registry above them.
    'ami-users': ['.'],
    ami: ['.', 'ami-users'],
    'ebs-snapshot': ['.'],
    'ebs-volume': ['.'],
    '.': ['ami', 'ami-users', 'ebs-snapshot', 'ebs-volume'],
  },
  'simulation/services': {
    call: [],
    iam: ['call'],
    protocols: ['call'],
    s3: ['call', 'protocols'],
    ec2: ['call', 'iam', 'protocols'],
    dispatch: ['call', 'iam', 'protocols', 'ec2'],
    ecs: ['call', 'protocols', 'dispatch'],
    states: ['call', 'protocols', 'dispatch'],
    '.': ['call', 'iam', 'protocols', 'ec2', 'dispatch'],
  },
};
