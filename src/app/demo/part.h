// A part of the made-up life: one file, one row in parts.cpp. It plans its deeds in the morning and
// when it hears of a fact, and knows no other part.
#pragma once

#include <memory>
#include <span>

#include "app/demo/life.h"

namespace hezhi::app {

class Part {
  public:
    explicit Part(Life& life) : life_(life) {}
    virtual ~Part() = default;
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

    // On the first morning, before anything else: who and what must be there.
    virtual void begin() {}
    // At seven, every day.
    virtual void morning(Day) {}
    // Every fact after its commit. It plans what follows; it must not act at once.
    virtual void hear(const Fact&) {}

  protected:
    Life& life_;
};

using MakePart = std::unique_ptr<Part> (*)(Life&);

// In the order in which they begin, wake and hear.
std::span<const MakePart> all_parts();

// Each in the file of its name.
std::unique_ptr<Part> staffing(Life&);          // colleagues, licences, record checks
std::unique_ptr<Part> insuring(Life&);          // policies, and the next ones
std::unique_ptr<Part> certifying(Life&);        // courses, grants, renewals
std::unique_ptr<Part> team_life(Life&);         // teams, invitations, leads, lists
std::unique_ptr<Part> coming_and_going(Life&);  // joining, leaving, erasure, disputed numbers
std::unique_ptr<Part> regular_help(Life&);      // recipients and their plans
std::unique_ptr<Part> finding(Life&);           // needs are noticed and told
std::unique_ptr<Part> hotline_desk(Life&);      // work orders of the hotline, in and back
std::unique_ptr<Part> answering(Life&);         // contact, assessment, order, or another answer
std::unique_ptr<Part> dispatching(Life&);       // who is asked, who says yes
std::unique_ptr<Part> assigning_all(Life&);     // the dispatcher's morning
std::unique_ptr<Part> serving(Life&);           // who comes, for how long
std::unique_ptr<Part> reviewing(Life&);         // what the requester says
std::unique_ptr<Part> gatherings(Life&);        // activities with their shifts
std::unique_ptr<Part> bookkeeping(Life&);       // records by hand, corrected, objected to
std::unique_ptr<Part> attesting(Life&);         // certificates of what was served
std::unique_ptr<Part> duty_to_report(Life&);    // mandatory reports
std::unique_ptr<Part> minors(Life&);            // the young and their guardians
std::unique_ptr<Part> objections(Life&);        // incidents and complaints
std::unique_ptr<Part> calling_back(Life&);      // records that are held or drawn
std::unique_ptr<Part> time_giving(Life&);       // donations of time, and grants from the pool
// Offers, wants and what two members agree, where the time bank is mutual.
std::unique_ptr<Part> helping_each_other(Life&);

}  // namespace hezhi::app
