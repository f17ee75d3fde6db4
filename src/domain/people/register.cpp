// The register of people: sealing, opening, and finding by blind index.
#include "domain/people/masking.h"
#include "domain/people/people.h"
#include "domain/people/phone_numbers.h"
#include "domain/people/queries.h"
#include "facts/grade_facts.h"
#include "facts/person_facts.h"

namespace hezhi::people {
namespace {

constexpr std::string_view people_table = register_table;
constexpr std::string_view texts_table = "register_texts";

// Facts whose text, under their own position, tells of the person's health or papers.
constexpr std::string_view kinds_that_tell[] = {BirthDateCorrected::kind, ServiceExcused::kind};

// Invariant 3: two kinds of document may share a number.
std::string id_index_value(std::string_view id_scheme, std::string_view number) {
    return std::string(id_scheme) + " " + std::string(number);
}

std::string birth_index_value(std::string_view name, std::string_view born) {
    return folded_name(name) + "\n" + std::string(born);
}

std::vector<PersonId> ids_of(store::Session& db, const store::Query& query, store::Params params) {
    std::vector<PersonId> ids;
    db.each(query, params, [&](const store::Row& row) { ids.push_back(row.id<PersonId>("id")); });
    return ids;
}

}  // namespace

void set_field(Clear& entry, std::string_view column, std::string_view clear) {
    if (column == "name") entry.name = clear;
    if (column == "phone") entry.phone = clear;
    if (column == "id_scheme") entry.id_scheme = clear;
    if (column == "id_number") entry.id_number = clear;
}

RegisterIndexes indexes_of(const crypto::Suite& suite, const Clear& entry,
                           std::string_view birth_date) {
    RegisterIndexes out;
    if (!entry.phone.empty()) out.phone = suite.blind_index("phone", entry.phone);
    if (!entry.id_number.empty()) {
        out.id_number =
            suite.blind_index("id_number", id_index_value(entry.id_scheme, entry.id_number));
    }
    if (!birth_date.empty()) {
        out.birth_date = suite.blind_index("birth_date", birth_index_value(entry.name, birth_date));
    }
    return out;
}

Register::Register(const crypto::Suite& suite, crypto::Random& random)
    : suite_(suite), random_(random) {}

std::string Register::open(std::string_view table, std::string_view column, std::int64_t row,
                           const crypto::Bytes& sealed) const {
    auto clear = suite_.open({table, column, row}, sealed);
    // Storage that cannot be read is no everyday refusal; the place is named, never a value.
    if (!clear) {
        throw BrokenInvariant(std::string(table) + "." + std::string(column) + " " +
                              std::to_string(row) + ": " + std::string(clear.error().row->code));
    }
    return std::move(*clear);
}

void Register::write_text(store::Session& db, std::int64_t owner, std::string_view field,
                          std::string_view clear) const {
    if (clear.empty()) return;
    db.write(queries::forget_text, {{"owner", owner}, {"field", field}});
    db.write(queries::insert_text,
             {{"owner", owner},
              {"field", field},
              {"sealed", suite_.seal({texts_table, field, owner}, clear, random_)}});
}

std::optional<std::string> Register::read_text(store::Session& db, std::int64_t owner,
                                               std::string_view field) const {
    auto row = db.row(queries::text, {{"owner", owner}, {"field", field}});
    if (!row) return std::nullopt;
    return open(texts_table, field, owner, row->bytes("sealed"));
}

void Register::write_person(store::Session& db, PersonId id, const Clear& entry) const {
    HEZHI_ASSERT(!entry.name.empty());
    auto sealed = [&](std::string_view column,
                      std::string_view clear) -> std::optional<crypto::Bytes> {
        if (clear.empty()) return std::nullopt;
        return suite_.seal({people_table, column, id.value}, clear, random_);
    };
    RegisterIndexes indexes = indexes_of(suite_, entry, {});
    db.write(queries::insert_person, {{"id", id},
                                      {"name", sealed("name", entry.name)},
                                      {"phone", sealed("phone", entry.phone)},
                                      {"id_scheme", sealed("id_scheme", entry.id_scheme)},
                                      {"id_number", sealed("id_number", entry.id_number)},
                                      {"phone_index", indexes.phone},
                                      {"id_index", indexes.id_number}});
}

void Register::write_birth_date(store::Session& db, PersonId id, Day born) const {
    std::string told = to_string(born);
    write_text(db, id.value, text_birth_date, told);
    auto index = suite_.blind_index("birth_date", birth_index_value(name(db, id), told));
    db.write(queries::set_birth_index, {{"id", id}, {"birth_index", std::string_view(index)}});
}

Clear Register::clear(store::Session& db, PersonId id) const {
    auto row = db.row(queries::person, {{"id", id}});
    HEZHI_ASSERT(row.has_value());
    auto field = [&](std::string_view column) {
        auto sealed = row->bytes_or_null(column);
        return sealed ? open(people_table, column, id.value, *sealed) : std::string();
    };
    return {field("name"), field("phone"), field("id_scheme"), field("id_number")};
}

std::string Register::name(store::Session& db, PersonId id) const {
    auto row = db.row(queries::person_name, {{"id", id}});
    HEZHI_ASSERT(row.has_value());
    return open(people_table, "name", id.value, row->bytes("name"));
}

std::string Register::masked_name(store::Session& db, PersonId id) const {
    return mask_name(name(db, id));
}

std::string Register::brief_name(store::Session& db, PersonId id) const {
    return masked_name(db, id);
}

void Register::erase_person(store::Session& db, PersonId id) const {
    db.write(queries::erase_person,
             {{"id", id}, {"name", suite_.seal({people_table, "name", id.value}, "-", random_)}});
    db.write(queries::forget_texts, {{"owner", id}});
    for (std::string_view kind : kinds_that_tell) {
        db.write(queries::forget_texts_of_facts, {{"person", id}, {"kind", kind}});
    }
}

void Register::release_id_number(store::Session& db, PersonId id) const {
    db.write(queries::release_id_number, {{"id", id}});
}

std::string Register::open_name(PersonId id, const crypto::Bytes& sealed) const {
    return open(people_table, "name", id.value, sealed);
}

PersonId Register::find_by_phone(store::Session& db, std::string_view normalised) const {
    auto found = with_phone(db, normalised);
    return found.size() == 1 ? found.front() : PersonId();
}

std::vector<PersonId> Register::with_phone(store::Session& db, std::string_view normalised) const {
    return ids_of(db, queries::with_phone,
                  {{"phone_index", suite_.blind_index("phone", normalised)}});
}

std::vector<PersonId> Register::with_id_number(store::Session& db, std::string_view id_scheme,
                                               std::string_view normalised) const {
    return ids_of(
        db, queries::with_id_number,
        {{"id_index", suite_.blind_index("id_number", id_index_value(id_scheme, normalised))}});
}

std::vector<PersonId> Register::with_birth_date(store::Session& db, std::string_view name, Day born,
                                                std::string_view area_path) const {
    auto index = suite_.blind_index("birth_date", birth_index_value(name, to_string(born)));
    return ids_of(db, queries::with_birth_date,
                  {{"birth_index", std::string_view(index)},
                   {"path", area_path},
                   {"path_end", areas::path_end(area_path)}});
}

}  // namespace hezhi::people
