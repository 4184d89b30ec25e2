import { readFileSync } from 'node:fs';
import type { BundledPackage } from './bundled-packages.ts';

const DISCLAIMER = `THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`;

const BSD_2_CLAUSE = `Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this
   list of conditions and the following disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice,
   this list of conditions and the following disclaimer in the documentation
   and/or other materials provided with the distribution.

${DISCLAIMER}`;

/**
 * The text of a licence for a package that names it and brings no text.
 *
 * @throws {Error} for a licence that has words of the author in it, which nobody can make up
 */
export function standardText({ name, version, license, author }: BundledPackage): string {
  switch (license) {
    // orgsweep's own licence, word for word.
    case 'Apache-2.0':
      return readFileSync(new URL('../../LICENSE', import.meta.url), 'utf8').trim();
    // It asks for no notice.
    case 'MIT-0':
      return 'MIT No Attribution, https://spdx.org/licenses/MIT-0.html';
    case 'BSD-2-Clause':
      return `Copyright (c) ${author.replace(/ *<.*>/, '')}\n\n${BSD_2_CLAUSE}`;
    default:
      throw new Error(
        `${name}@${version} is bundled and brings no text of its licence, ${license}`,
      );
  }
}
