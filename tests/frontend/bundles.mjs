// Reads a bundle with the library that it is for. argv: the format and the file; standard input: [language, [[key, params], …]];
// standard output: the sentences.
import { readFileSync } from "node:fs";
import i18next from "i18next";
import { IntlMessageFormat } from "intl-messageformat";
import { createI18n } from "vue-i18n";

const [format, file] = process.argv.slice(2);
const source = readFileSync(file, "utf8");
const [language, keys] = JSON.parse(readFileSync(0, "utf8"));

/** A reader for each format: (key, params) => sentence. */
const readers = {
  json: () => {
    const texts = JSON.parse(source);
    return (key) => texts[key];
  },
  altinn: () => {
    const { resources } = JSON.parse(source);
    return (key) => resources.find((each) => each.id === key).value;
  },
  icu: () => {
    const texts = JSON.parse(source);
    return (key, params) => new IntlMessageFormat(texts[key], language).format(params);
  },
  vue: () => {
    // The same as in README.
    const rule = new Intl.PluralRules(language);
    const forms = ["zero", "one", "two", "few", "many", "other"].filter((each) => rule.resolvedOptions().pluralCategories.includes(each));
    const pluralRules = { [language]: (count) => forms.indexOf(rule.select(count)) };
    const { t } = createI18n({ legacy: false, locale: language, pluralRules, messages: { [language]: JSON.parse(source) } }).global;
    return (key, params) => (params.count === undefined ? t(key, params) : t(key, params, params.count));
  },
  i18next: () => {
    const instance = i18next.createInstance();
    instance.init({ lng: language, resources: { [language]: { translation: JSON.parse(source) } }, interpolation: { escapeValue: false } });
    return (key, params) => instance.t(key, params);
  },
};

if (!readers[format]) throw new Error(`no reader for the format ${format}: add one to tests/frontend/bundles.mjs`);
const read = readers[format]();
process.stdout.write(JSON.stringify(keys.map(([key, params]) => read(key, params))));
