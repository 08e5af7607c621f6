// Nodes as `fields` asks for them. Every function answers with the asked fields, or with the error
// of a field that the node type does not have.
#pragma once

#include <string>
#include <vector>

#include "sandbox/meta/fields.h"

namespace herald::sandbox::meta {

using Fields = std::vector<FieldRequest>;

Graph<boost::json::object> show_person(GraphCall& graph, const Person& person,
                                       const Fields& fields);
Graph<boost::json::object> show_page(GraphCall& graph, const Page& page, const Fields& fields);
Graph<boost::json::object> show_account(GraphCall& graph, const InstagramAccount& account,
                                        const Fields& fields);
Graph<boost::json::object> show_media(GraphCall& graph, const Media& media, const Fields& fields);
Graph<boost::json::object> show_comment(GraphCall& graph, const Comment& comment,
                                        const Fields& fields);
Graph<boost::json::object> show_container(GraphCall& graph, const Container& container,
                                          const Fields& fields);

// Newest first. Media: what the grid shows. Stories: of the last 24 hours.
std::vector<std::string> media_of(const State& state, const std::string& account);
std::vector<std::string> stories_of(const State& state, const std::string& account,
                                    std::int64_t now_ms);
std::vector<std::string> comments_of(const State& state, const std::string& media,
                                     const std::string& parent);

std::string permalink(const GraphCall& graph, const Media& media);
// A made-up number that grows with age, the same for the same id, seed and age.
std::int64_t grown_since(const GraphCall& graph, const std::string& id, std::int64_t since_ms,
                         std::string_view what, double scale);
std::int64_t grown(const GraphCall& graph, const Media& media, std::string_view what, double scale);

// "FINISHED", "IN_PROGRESS", "ERROR", "EXPIRED" or "PUBLISHED".
std::string status_code(const Container& container, std::int64_t now_ms);

}  // namespace herald::sandbox::meta
