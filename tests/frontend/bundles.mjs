// Says every key of a bundle by the library that the bundle is for: argv is the form and the file; standard input is
// [language, [[key, params], …]] and standard output the sentences.
import { readFileSync } from "node:fs";
import i18next from "i18next";
import { IntlMessageFormat } from "intl-messageformat";
import { createI18n } from "vue-i18n";

const [form, file] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(file, "utf8"));
const [language, asked] = JSON.parse(readFileSync(0, "utf8"));

const say = {
  json: () => (key) => texts[key],
  altinn: () => (key) => texts.resources.find((each) => each.id === key).value,
  icu: () => (key, params) => new IntlMessageFormat(texts[key], language).format(params),
  vue: () => {
    // As README has it.
    const rule = new Intl.PluralRules(language);
    const forms = ["zero", "one", "two", "few", "many", "other"].filter((each) => rule.resolvedOptions().pluralCategories.includes(each));
    const pluralRules = { [language]: (count) => forms.indexOf(rule.select(count)) };
    const { t } = createI18n({ legacy: false, locale: language, pluralRules, messages: { [language]: texts } }).global;
    return (key, params) => (params.count === undefined ? t(key, params) : t(key, params, params.count));
  },
  i18next: () => {
    const instance = i18next.createInstance();
    instance.init({ lng: language, resources: { [language]: { translation: texts } }, interpolation: { escapeValue: false } });
    return (key, params) => instance.t(key, params);
  },
}[form]();

process.stdout.write(JSON.stringify(asked.map(([key, params]) => say(key, params))));
