import ts from 'typescript';

export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Named {
  readonly names: readonly string[];
  readonly node: ts.Node;
}

/**
 * What `dotted` names in a file: `Ledger.begin` is what is named `begin` in what is named `Ledger`,
 * however deep inside. More than one node where a name is told in parts, as a schema and its type.
 */
export function definitionsOf(file: ts.SourceFile, dotted: string): readonly ts.Node[] {
  let scopes: readonly ts.Node[] = [file];
  for (const name of dotted.split('.')) scopes = outermost(scopes, name);
  return scopes;
}

/** Whether one of the file's own statements defines this, rather than something inside of one. */
export function isTopLevel(file: ts.SourceFile, dotted: string): boolean {
  const [first = ''] = dotted.split('.');
  return namedIn(file).some(({ names }) => names.includes(first));
}

/** Where the tokens of a node stand: its text without comments and the white space between them. */
export function* tokensOf(file: ts.SourceFile, node: ts.Node): Generator<Span> {
  const children = node.getChildren(file).filter((child) => !ts.isJSDoc(child));
  for (const child of children) yield* tokensOf(file, child);
  if (children.length === 0) yield { start: node.getStart(file), end: node.getEnd() };
}

function outermost(scopes: readonly ts.Node[], name: string): readonly ts.Node[] {
  let level = scopes.flatMap(namedIn);
  while (level.length > 0) {
    const found = level.filter(({ names }) => names.includes(name));
    if (found.length > 0) return found.map(({ node }) => node);
    level = level.flatMap(({ node }) => namedIn(node));
  }
  return [];
}

/** The nearest named nodes inside of a node. */
function namedIn(node: ts.Node): readonly Named[] {
  const found: Named[] = [];
  const visit = (child: ts.Node): void => {
    const names = namesOf(child);
    if (names.length > 0) found.push({ names, node: child });
    else ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return found;
}

function namesOf(node: ts.Node): readonly string[] {
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.flatMap(({ name }) => toText(name));
  if (ts.isConstructorDeclaration(node)) return ['constructor'];
  const isDefinition =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isClassElement(node) ||
    ts.isTypeElement(node) ||
    ts.isObjectLiteralElement(node);
  return isDefinition ? toText(node.name) : [];
}

function toText(name: ts.Node | undefined): readonly string[] {
  if (name === undefined) return [];
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name))
    return [name.text];
  return [];
}
