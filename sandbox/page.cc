#include "sandbox/page.h"

#include "sandbox/side.h"

namespace herald::sandbox {

namespace {

constexpr std::string_view kStyle = R"(:root {
  color-scheme: light dark;
  --ground: #f3f4f6; --card: #ffffff; --text: #1b1f24; --quiet: #5c6672; --line: #d9dee4;
  --accent: #2458d3; --on-accent: #ffffff; --gone: #b3261e;
  font: 16px/1.5 system-ui, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --card: #1e2329; --text: #e8ebef; --quiet: #9aa5b1; --line: #333b45;
    --accent: #86a8ff; --on-accent: #10151f; --gone: #ff8f85;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); overflow-wrap: anywhere; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 0; }
p { margin: 0 0 1rem; }
small, .quiet { color: var(--quiet); font-size: .85rem; }
code, pre { font: .85rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { white-space: pre-wrap; margin: 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px;
  padding: 1.25rem; }
.dialog { max-width: 34rem; margin: 6vh auto; }
.card.dialog, main.card { width: calc(100% - 2rem); }
main.card { max-width: 34rem; margin: 6vh auto; }
.brand { font-weight: 700; font-size: 1.1rem; margin-bottom: .75rem; }
.brand.facebook { color: #0866ff; } .brand.google { color: #188038; }
fieldset { border: 1px solid var(--line); border-radius: 8px; margin: 0 0 1rem;
  padding: .5rem 1rem; min-width: 0; }
legend { padding: 0 .4rem; font-weight: 600; }
.tick { display: flex; gap: .75rem; padding: .45rem 0; align-items: flex-start; }
.tick input { width: 1.15rem; height: 1.15rem; margin-top: .2rem; flex: none;
  accent-color: var(--accent); }
.tick small { display: block; }
.buttons { display: flex; gap: .75rem; justify-content: flex-end; flex-wrap: wrap; }
button { font: inherit; padding: .6rem 1.4rem; border-radius: 8px; border: 1px solid var(--line);
  background: var(--card); color: var(--text); cursor: pointer; min-height: 44px; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent);
  font-weight: 600; }
.wide { max-width: 1200px; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.bar { display: flex; gap: .5rem 1.25rem; flex-wrap: wrap; align-items: baseline;
  margin-bottom: 1rem; }
.bar h1 { margin: 0; }
.chips { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1.25rem; padding: 0;
  list-style: none; }
.chips a { display: block; padding: .3rem .8rem; border: 1px solid var(--line);
  border-radius: 99px; text-decoration: none; background: var(--card); }
.chips a[aria-current] { background: var(--accent); color: var(--on-accent);
  border-color: var(--accent); }
.feed { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem),
  1fr)); align-items: start; }
.post { padding: 0; overflow: hidden; margin: 0; }
.post > header, .post > .words, .post > ul { padding: .75rem 1rem; }
.post > header { display: flex; justify-content: space-between; gap: .75rem; }
.post h2 a { color: inherit; text-decoration: none; }
.post h2 a:hover { text-decoration: underline; }
.tags { flex: none; text-align: right; }
.post .words { white-space: pre-wrap; margin: 0; }
.post img, .post video { display: block; width: 100%; max-height: 70vh; object-fit: contain;
  background: #0b0d10; }
.strip { display: flex; overflow-x: auto; scroll-snap-type: x mandatory; gap: 2px; }
.strip > * { flex: 0 0 100%; scroll-snap-align: start; }
.kind { border: 1px solid var(--line); border-radius: 99px; padding: 0 .6rem; font-size: .8rem; }
.post ul { list-style: none; margin: 0; border-top: 1px solid var(--line); }
.post.gone { opacity: .6; } .gone .state { color: var(--gone); }
.empty { text-align: center; padding: 4rem 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem .75rem .4rem 0; vertical-align: top;
  border-bottom: 1px solid var(--line); }
dt { font-weight: 600; } dd { margin: 0 0 .75rem; }
)";

constexpr std::string_view kIcon = R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">)"
                                   R"(<rect width="32" height="32" rx="7" fill="#b7791f"/>)"
                                   R"(<path d="M7 13h18v12H7zM11 8h10v5H11z" fill="#fff"/></svg>)";

}  // namespace

std::string page_of(std::string_view title, std::string_view body, int refresh_s) {
  std::string out =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";
  if (refresh_s > 0)
    out += "<meta http-equiv=\"refresh\" content=\"" + std::to_string(refresh_s) + "\">";
  out += "<title>" + html_escaped(title) + "</title>";
  out += "<link rel=\"icon\" href=\"/_sandbox/icon.svg\">";
  out += "<link rel=\"stylesheet\" href=\"/_sandbox/style.css\"></head><body>";
  out += body;
  return out + "</body></html>\n";
}

void allow_form_target(http::Response& page, std::string_view origin) {
  constexpr std::string_view kOwn = "form-action 'self'";
  const auto* policy = page.headers.find("Content-Security-Policy");
  if (policy == nullptr || origin.find_first_of(" ;,'") != origin.npos) return;
  auto text = *policy;
  const auto at = text.find(kOwn);
  if (at == text.npos) return;
  text.insert(at + kOwn.size(), " " + std::string(origin));
  page.headers.set("Content-Security-Policy", text);
}

std::string_view style_sheet() { return kStyle; }
std::string_view icon() { return kIcon; }

http::Response portrait(std::string_view name) {
  auto picture = text_answer(
      200, R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" )"
           R"(height="100" fill="#2458d3"/><text x="50" y="66" font-size="46" fill="#fff" )"
           R"(text-anchor="middle" font-family="sans-serif">)" +
               html_escaped(name.substr(0, 1)) + "</text></svg>");
  picture.headers.set("Content-Type", "image/svg+xml");
  picture.headers.set("Content-Security-Policy", "default-src 'none'");
  return picture;
}

}  // namespace herald::sandbox
