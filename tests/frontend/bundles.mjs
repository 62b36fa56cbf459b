// Reads bundles with the library that they are for. argv: the format; each line of standard input: a bundle, its language and
// [[key, params], …]; to each line, a line of standard output: the sentences.
import { createInterface } from "node:readline";
import i18next from "i18next";
import { IntlMessageFormat } from "intl-messageformat";
import { createI18n } from "vue-i18n";

/** A reader for each format: (key, params) => sentence. */
const readers = {
  json: (texts) => (key) => texts[key],
  /** As app-frontend-react replaces variables; the sentence is still Markdown. */
  altinn: ({ resources }) => (key, params) => {
    const { value, variables = [] } = resources.find((each) => each.id === key);
    const values = variables.map(({ key: name, defaultValue }) => params[name] ?? defaultValue);
    return values.reduce((text, each, index) => text.replaceAll(`{${index}}`, () => each), value);
  },
  icu: (texts, language) => (key, params) => new IntlMessageFormat(texts[key], language).format(params),
  vue: (texts, language) => {
    // The same as in README.
    const rule = new Intl.PluralRules(language);
    const forms = ["zero", "one", "two", "few", "many", "other"].filter((each) => rule.resolvedOptions().pluralCategories.includes(each));
    const pluralRules = { [language]: (count) => forms.indexOf(rule.select(count)) };
    const { t } = createI18n({ legacy: false, locale: language, pluralRules, messages: { [language]: texts } }).global;
    return (key, params) => (params.count === undefined ? t(key, params) : t(key, params, params.count));
  },
  /** Once as the namespace that keys are looked up in, once as another that they name. */
  i18next: (texts, language) => {
    const instance = i18next.createInstance();
    const resources = { [language]: { translation: texts, nofields: texts } };
    instance.init({ lng: language, ns: ["translation", "nofields", "other"], resources, interpolation: { escapeValue: false } });
    return (key, params) => {
      const sentence = instance.t(key, { ...params });
      const named = instance.t(`nofields:${key}`, { ...params });
      return sentence === named ? sentence : `${sentence} is not ${named}`;
    };
  },
};

const [format] = process.argv.slice(2);
if (!readers[format]) throw new Error(`no reader for the format ${format}: add one to tests/frontend/bundles.mjs`);
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const [texts, language, keys] = JSON.parse(line);
  const read = readers[format](texts, language);
  process.stdout.write(JSON.stringify(keys.map(([key, params]) => read(key, params))) + "\n");
}
