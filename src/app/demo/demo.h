// hezhi demo: a made-up district lives some days through the same actions as real people would.
//
// The same settings give the same journal, byte for byte. No real person stands behind any name.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/installation.h"

namespace hezhi::app {

struct DemoSettings {
    std::string area_code = "370211";  // the district that lives
    int days = 14;                     // 0: people settle, nothing happens yet
    int people = 40;                   // volunteers
    std::uint64_t seed = 1;
    Day until;  // the last day
    std::vector<std::filesystem::path> divisions;
    std::filesystem::path pack;
    crypto::SuiteName suite = crypto::SuiteName::gm;
};

// Where the district of a pack lies, unless told.
struct DemoPlace {
    std::string_view pack;
    std::string_view area_code;
    std::string_view divisions;
    crypto::SuiteName suite;
};
// A pack is a folder, or the name of one under packs/.
std::filesystem::path demo_pack(const std::filesystem::path& named);
// Null for a pack of somebody else.
const DemoPlace* demo_place(const std::filesystem::path& pack);

// How to sign in as somebody of the demonstration.
struct DemoAccount {
    std::string role;
    std::string role_zh;
    std::string name;
    std::string area;
    std::string page;  // "console", "phone"
    std::optional<std::string> username;
    std::optional<std::string> password;
    std::optional<std::string> code;  // of the sign-in slip
    std::optional<std::string> pin;
};
BOOST_DESCRIBE_STRUCT(DemoAccount, (),
                      (role, role_zh, name, area, page, username, password, code, pin))

struct DemoAccounts {
    std::vector<DemoAccount> items;
};
BOOST_DESCRIBE_STRUCT(DemoAccounts, (), (items))

// `place` must be a new database: its journal begins on the first day. `progress` is told the days
// that have passed. Throws CannotOpen with what to do.
DemoAccounts live(const Location& place, const DemoSettings& settings,
                  const std::function<void(int day, int days)>& progress = {});

}  // namespace hezhi::app
