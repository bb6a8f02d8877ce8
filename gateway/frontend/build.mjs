// Builds what the browser gets into .build/static: one stylesheet, the scripts, each also compressed beforehand.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const modules = join(root, "node_modules");
const out = join(root, ".build", "static");

mkdirSync(out, { recursive: true });

const { css } = sass.compile(join(here, "app.scss"), {
  loadPaths: [modules],
  style: "compressed",
  quietDeps: true,
});
writeFileSync(join(out, "app.css"), css);

for (const script of readdirSync(join(here, "scripts"))) {
  copyFileSync(join(here, "scripts", script), join(out, script));
}
const govuk = readFileSync(join(modules, "govuk-frontend/dist/govuk/govuk-frontend.min.js"), "utf8");
writeFileSync(join(out, "govuk-frontend.js"), govuk.replace(/\n?\/\/# sourceMappingURL=.*$/m, ""));

const files = readdirSync(out).filter((name) => /\.(css|js)$/.test(name));
const fingerprint = createHash("sha256");
for (const name of files.sort()) {
  const content = readFileSync(join(out, name));
  fingerprint.update(content);
  writeFileSync(join(out, `${name}.gz`), gzipSync(content, { level: 9 }));
}
writeFileSync(join(out, "fingerprint"), fingerprint.digest("hex").slice(0, 12));
