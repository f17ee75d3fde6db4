#include "app/keys/rotate_keys.h"

#include "app/queries.h"
#include "crypto/key_file.h"
#include "store/migrations_list.h"
#include "store/tables.h"

namespace hezhi::app {
namespace {

constexpr std::size_t resealed_a_commit = 500;

[[noreturn]] void cannot_rotate(const Refusal& refusal) {
    std::string text = std::string(refusal.row->zh) + " " + std::string(refusal.row->en);
    for (const auto& field : refusal.fields) text += "\n  " + field.field;
    throw CannotOpen(text);
}

// Seals one table anew: reads it in one snapshot, writes beside it.
class Resealing {
  public:
    Resealing(store::Database& database, store::Session& writes, const crypto::Suite& opens,
              const crypto::Suite& seals, crypto::KeyId new_key, crypto::Random& random)
        : database_(database),
          writes_(writes),
          opens_(opens),
          seals_(seals),
          new_key_(new_key),
          random_(random) {}

    std::int64_t run(const SealedTable& table, const std::function<void(std::int64_t)>& told) {
        std::vector<std::string> columns = table.columns;
        bool people = table.name == people::register_table;
        if (people) columns.insert(columns.end(), {"phone_index", "id_index", "birth_index"});
        store::RowUpdater updater(writes_, table.name, table.keys, columns);
        auto reads = database_.connect(store::Access::read_only);
        reads->begin_snapshot();
        std::vector<std::vector<store::Value>> waiting;
        std::int64_t values = 0, rows = 0;
        auto write = [&] {
            writes_.begin();
            for (const auto& row : waiting) updater.update(row);
            writes_.commit();
            waiting.clear();
        };
        try {
            store::each_row(*reads, table.name, [&](const store::Row& row) {
                std::int64_t changed = 0;
                bool same = true;
                auto next = sealed_anew(table, row, people, changed, same);
                values += changed;
                if (!same) waiting.push_back(std::move(next));
                if (waiting.size() == resealed_a_commit) write();
                told(++rows);
            });
            if (!waiting.empty()) write();
        } catch (...) {
            writes_.rollback();
            throw;
        }
        return values;
    }

  private:
    std::vector<store::Value> sealed_anew(const SealedTable& table, const store::Row& row,
                                          bool people, std::int64_t& changed, bool& same) {
        std::vector<store::Value> out;
        people::Clear clear;
        for (const auto& column : table.columns) {
            auto sealed = row.bytes_or_null(column);
            if (!sealed) {
                out.emplace_back(nullptr);
                continue;
            }
            std::string_view place =
                table.column_from.empty() ? std::string_view(column) : row.text(table.column_from);
            crypto::FieldPlace field{table.name, place, row.integer(table.row_key)};
            auto text = opens_.open(field, *sealed);
            if (!text) {
                throw BrokenInvariant(std::string(table.name) + "." + column + " " +
                                      std::to_string(field.row) + ": " +
                                      std::string(text.error().row->code));
            }
            if (people) people::set_field(clear, column, *text);
            bool done = crypto::Suite::key_of(*sealed) == new_key_;
            out.emplace_back(done ? *sealed : seals_.seal(field, *text, random_));
            if (!done) ++changed;
        }
        if (people) {
            // On the other connection: this one is in the middle of the table.
            auto born = people::Register(opens_, random_)
                            .read_text(writes_, row.integer("id"), people::text_birth_date);
            auto indexes = people::indexes_of(seals_, clear, born.value_or(""));
            out.push_back(store::to_value(indexes.phone));
            out.push_back(store::to_value(indexes.id_number));
            out.push_back(store::to_value(indexes.birth_date));
            same = row.value("phone_index") == store::to_value(indexes.phone) &&
                   row.value("id_index") == store::to_value(indexes.id_number) &&
                   row.value("birth_index") == store::to_value(indexes.birth_date);
        }
        same = same && changed == 0;
        for (const auto& key : table.keys) out.push_back(row.value(key));
        return out;
    }

    store::Database& database_;
    store::Session& writes_;
    const crypto::Suite& opens_;
    const crypto::Suite& seals_;
    crypto::KeyId new_key_;
    crypto::Random& random_;
};

// The keys of the file with a new one, which is written there first; a copy of the file as it was
// stands beside it.
crypto::MasterKeys begin_rotation(const Location& place, const crypto::MasterKeys& keys,
                                  crypto::SuiteName suite, const std::filesystem::path& copy,
                                  crypto::Random& random) {
    if (keys.count() > 1) return keys.from(keys.count() - 2);  // was cut off after step 2
    std::filesystem::remove(copy);
    auto copied = crypto::replace_key_file(copy, keys);
    if (!copied) cannot_rotate(copied.error());
    auto both = keys.with_codes(crypto::Suite(suite, keys).codes()).with_newer(random);
    auto written = crypto::replace_key_file(place.key_file, both);
    if (!written) cannot_rotate(written.error());
    return both;
}

void write_once(store::Session& db, const store::Query& query,
                const std::vector<store::Param>& params, const store::Query* also = nullptr,
                const std::vector<store::Param>& also_params = {}) {
    db.begin();
    try {
        db.write(query, params);
        if (also) db.write(*also, also_params);
        db.commit();
    } catch (...) {
        db.rollback();
        throw;
    }
}

std::filesystem::path kept_copy_of(const Location& place, crypto::KeyId old_key) {
    return place.key_file.string() + ".before-" + crypto::to_string(old_key);
}

}  // namespace

const std::vector<SealedTable>& sealed_tables() {
    static const std::vector<SealedTable> tables{
        {people::register_table,
         {"id"},
         "id",
         {"name", "phone", "id_scheme", "id_number", "address", "note"}},
        {"register_texts", {"owner", "field"}, "owner", {"sealed"}, "field"},
        {"second_factors", {"account"}, "account", {"secret"}},
        {"security_log", {"id"}, "id", {"username"}},
    };
    return tables;
}

Rotated rotate_keys(
    const Location& place, const Clock& clock, crypto::Random& random,
    const std::function<void(std::string_view, std::int64_t, std::int64_t)>& progress) {
    KeysInUse alone(place.key_file, KeysInUse::By::rotation);
    auto in_file = load_keys(place.key_file);
    auto database = store::Database::open(place.db_url);
    auto db = database->connect();
    store::require_migrated(*db, store::all_migrations);
    auto row = db->row(queries::installation);
    if (!row) throw CannotOpen("数据库尚未建好。 The database is not set up.");
    auto suite = *crypto::parse_suite_name(row->text("suite"));
    auto needed = keys_for(in_file, row->text("key_check"));
    bool running = db->row(queries::unfinished_rotation).has_value();

    Rotated out;
    if (!running && needed.count() < in_file.count()) {
        // The last run was cut off between steps 4 and 5.
        out.old_key = in_file.id(0);
        out.new_key = needed.id(needed.newest());
    } else {
        if (!running) write_once(*db, queries::note_rotation, {{"begun_at", clock.now()}});
        auto both =
            begin_rotation(place, in_file, suite, kept_copy_of(place, in_file.id(0)), random);
        out.old_key = both.id(0);
        out.new_key = both.id(1);
        auto only_new = both.from(1);
        crypto::Suite opens(suite, both), seals(suite, only_new);
        Resealing resealing(*database, *db, opens, seals, out.new_key, random);
        for (const auto& table : sealed_tables()) {
            std::int64_t all = store::count_rows(*db, table.name);
            out.values += resealing.run(table, [&](std::int64_t done) {
                if (progress) progress(table.name, done, all);
            });
        }
        std::string check = only_new.key_check();
        write_once(*db, queries::set_key_check, {{"key_check", std::string_view(check)}},
                   &queries::finish_rotation, {{"now", clock.now()}});
        needed = only_new.from(0);
    }
    auto written = crypto::replace_key_file(place.key_file, needed);
    if (!written) cannot_rotate(written.error());
    out.kept_copy = kept_copy_of(place, out.old_key);
    return out;
}

}  // namespace hezhi::app
