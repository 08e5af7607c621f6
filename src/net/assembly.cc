#include "net/assembly.h"

#include <algorithm>
#include <boost/json.hpp>

#include "domain/encoding.h"
#include "net/wipe.h"

namespace herald {
namespace {

namespace json = boost::json;

// RFC 4648 section 4, as Basic wants it.
std::string to_base64(std::string_view bytes) {
  std::string text = to_base64url(bytes);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

// Bytes that would end a header or a part's head before its time.
bool breaks_line(std::string_view text) {
  return std::ranges::any_of(text,
                             [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

// As browsers do: a quote or a line break would end the name.
std::string quoted(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c == '"') {
      text += "%22";
    } else {
      text += breaks_line({&c, 1}) ? ' ' : c;
    }
  }
  return text;
}

class Assembler {
 public:
  Assembler(const Call& call, const CustomerId& customer, const SecretSet& secrets,
            const Digest& digest, const LinkMaker& link, std::string_view boundary)
      : call_(call),
        customer_(customer),
        secrets_(secrets),
        digest_(digest),
        link_(link),
        boundary_(boundary) {}

  Result<WireRequest> run() {
    wire_.method = call_.method;
    wire_.host = host_of(call_.url);
    if (wire_.host.empty()) {
      return fail(ErrorKind::internal, "The call's address is wrong.", "not a plain https URL");
    }
    HERALD_CHECK(add_url());
    for (const auto& [name, value] : call_.headers) {
      HERALD_TRY(auto text, text_of(value));
      wire_.headers.emplace_back(name, std::move(text));
    }
    HERALD_CHECK(add_authorization());
    HERALD_CHECK(std::visit([this](const auto& body) { return add(body); }, call_.body));
    for (const auto& [name, value] : wire_.headers) {
      if (name.empty() || name.contains(':') || breaks_line(name) || breaks_line(value)) {
        return refused("line break in header " + percent_encode(name));
      }
    }
    return std::move(wire_);
  }

  bool used_secret() const { return used_secret_; }

 private:
  static std::unexpected<Error> refused(std::string why) {
    return fail(ErrorKind::internal, "The call could not be made.", std::move(why));
  }

  static std::unexpected<Error> missing(std::string_view what) {
    return refused("no such secret: " + std::string(what));
  }

  Result<std::string> text_of(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return text_of(std::get<Reference>(value));
  }

  Result<std::string> text_of(const Reference& reference) {
    using Kind = Reference::Kind;
    if (reference.kind == Kind::media_link) return link_(customer_, reference.name);
    used_secret_ = true;
    const Secret& account =
        secrets_.account_token.empty() ? secrets_.user_token : secrets_.account_token;
    switch (reference.kind) {
      case Kind::user_token:
        return revealed(secrets_.user_token, "user token");
      case Kind::account_token:
        return revealed(account, "account token");
      case Kind::refresh_token:
        return revealed(secrets_.refresh_token, "refresh token");
      case Kind::app_secret:
        return revealed(secrets_.app_secret, "app secret");
      case Kind::app_token:
        if (secrets_.app_secret.empty()) return missing("app secret");
        return secrets_.client_id + "|" + std::string(secrets_.app_secret.reveal());
      case Kind::proof: {
        HERALD_TRY(const Secret* token, proved(reference.name, account));
        if (secrets_.app_secret.empty()) return missing("app secret");
        if (token->empty()) return missing("token to prove");
        return to_hex(digest_.hmac_sha256(secrets_.app_secret.reveal(), token->reveal()));
      }
      default:
        break;
    }
    const auto found = secrets_.named.find(reference.name);
    if (found == secrets_.named.end()) return missing(reference.name);
    return revealed(found->second, reference.name);
  }

  // What a proof is made for: "account", "" for the user token, or a named secret.
  Result<const Secret*> proved(const std::string& name, const Secret& account) {
    if (name == "account") return &account;
    if (name.empty()) return &secrets_.user_token;
    const auto found = secrets_.named.find(name);
    if (found == secrets_.named.end()) return missing(name);
    return &found->second;
  }

  static Result<std::string> revealed(const Secret& secret, std::string_view what) {
    if (secret.empty()) return missing(what);
    return std::string(secret.reveal());
  }

  Result<std::string> encoded(const std::vector<Field>& fields) {
    std::string text;
    text.reserve(2048);  // Growing would leave copies of what is in it behind.
    for (const auto& field : fields) {
      HERALD_TRY(auto value, text_of(field.value));
      auto encoded = percent_encode(value);
      if (!text.empty()) text += '&';
      text.append(percent_encode(field.name)).append("=").append(encoded);
      wipe(value);
      wipe(encoded);
    }
    return text;
  }

  Result<Done> add_url() {
    wire_.url = call_.url;
    HERALD_TRY(auto query, encoded(call_.query));
    if (query.empty()) return Done{};
    wire_.url.reserve(wire_.url.size() + 1 + query.size());
    wire_.url.append(wire_.url.contains('?') ? "&" : "?").append(query);
    wipe(query);
    return Done{};
  }

  Result<Done> add_authorization() {
    if (call_.carrier == TokenCarrier::none) return Done{};
    std::string value;
    if (call_.carrier == TokenCarrier::basic_client) {
      if (secrets_.app_secret.empty()) return missing("app secret");
      used_secret_ = true;
      value = "Basic " + to_base64(percent_encode(secrets_.client_id) + ":" +
                                   percent_encode(secrets_.app_secret.reveal()));
    } else {
      HERALD_TRY(const auto token, text_of(call_.token));
      value = (call_.carrier == TokenCarrier::bearer ? "Bearer " : "OAuth ") + token;
    }
    wire_.headers.emplace_back("Authorization", std::move(value));
    return Done{};
  }

  void set_body(std::string content_type, std::string bytes) {
    if (!content_type.empty()) wire_.headers.emplace_back("Content-Type", std::move(content_type));
    wire_.before = std::move(bytes);
    wire_.has_body = true;
  }

  Result<Done> add(const NoBody&) { return Done{}; }

  Result<Done> add(const EmptyBody&) {
    wire_.has_body = true;
    return Done{};
  }

  Result<Done> add(const FormBody& form) {
    HERALD_TRY(auto text, encoded(form.fields));
    set_body("application/x-www-form-urlencoded", std::move(text));
    return Done{};
  }

  Result<Done> add(const JsonBody& body) {
    if (body.references.empty()) {
      set_body("application/json; charset=UTF-8", body.text);
      return Done{};
    }
    boost::system::error_code failed;
    json::value value = json::parse(body.text, failed);
    if (failed) return refused("bad JSON body");
    std::size_t filled = 0;
    HERALD_CHECK(fill(value, body.references, filled));
    // A text of a person that is spelled like a key must not be taken for one.
    if (filled != body.references.size()) return refused("a reference is not in the body once");
    set_body("application/json; charset=UTF-8", json::serialize(value));
    return Done{};
  }

  Result<Done> fill(json::value& value, const std::map<std::string, Reference>& references,
                    std::size_t& filled) {
    if (auto* object = value.if_object()) {
      for (auto& member : *object) HERALD_CHECK(fill(member.value(), references, filled));
    } else if (auto* array = value.if_array()) {
      for (auto& item : *array) HERALD_CHECK(fill(item, references, filled));
    } else if (const auto* text = value.if_string()) {
      const auto found = references.find(std::string(*text));
      if (found == references.end()) return Done{};
      HERALD_TRY(const auto reached, text_of(found->second));
      value = json::string(reached);
      ++filled;
    }
    return Done{};
  }

  Result<Done> add(const MultipartBody& body) {
    const std::string line = "--" + std::string(boundary_);
    std::string text;
    for (const auto& field : body.fields) {
      HERALD_TRY(const auto value, text_of(field.value));
      text += line + "\r\nContent-Disposition: form-data; name=\"" + quoted(field.name) +
              "\"\r\n\r\n" + value + "\r\n";
    }
    if (!body.file_field.empty()) {
      if (breaks_line(body.file.content_type)) return refused("line break in a content type");
      text += line + "\r\nContent-Disposition: form-data; name=\"" + quoted(body.file_field) +
              "\"; filename=\"" + quoted(body.file_name) +
              "\"\r\nContent-Type: " + body.file.content_type + "\r\n\r\n";
      wire_.media = body.file;
      wire_.after = "\r\n";
    }
    (wire_.media ? wire_.after : text) += line + "--\r\n";
    set_body("multipart/form-data; boundary=" + std::string(boundary_), std::move(text));
    return Done{};
  }

  Result<Done> add(const MediaBytes& bytes) {
    set_body(bytes.content_type, {});
    wire_.media = bytes;
    return Done{};
  }

  const Call& call_;
  const CustomerId& customer_;
  const SecretSet& secrets_;
  const Digest& digest_;
  const LinkMaker& link_;
  std::string_view boundary_;
  WireRequest wire_;
  bool used_secret_ = false;
};

}  // namespace

WireRequest::~WireRequest() {
  wipe(url);
  wipe(before);
  for (auto& [name, value] : headers) wipe(value);
}

std::string host_of(std::string_view url) {
  constexpr std::string_view kScheme = "https://";
  const bool printable =
      std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7f && c != '\\' && c != '#'; });
  if (!url.starts_with(kScheme) || !printable) return {};
  url.remove_prefix(kScheme.size());
  std::string host(url.substr(0, url.find_first_of("/?")));
  for (char& c : host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    if (!plain) return {};
  }
  return host;
}

Result<WireRequest> assemble(const Call& call, const CustomerId& customer, const SecretSet& secrets,
                             const std::vector<std::string>& token_hosts, const Digest& digest,
                             const LinkMaker& link, std::string_view boundary) {
  Assembler assembler(call, customer, secrets, digest, link, boundary);
  HERALD_TRY(WireRequest wire, assembler.run());
  if (assembler.used_secret() && std::ranges::find(token_hosts, wire.host) == token_hosts.end()) {
    return fail(ErrorKind::internal, "The call could not be made.",
                "a secret must not go to " + wire.host);
  }
  return wire;
}

}  // namespace herald
