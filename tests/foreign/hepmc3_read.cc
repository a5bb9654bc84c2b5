// hepmc3_read FILE [wcsim]: reads a file with libhepmc3 and checks every requirement and convention of NuHepMC 1.0.0
// that it claims, one line each. Exit 1 if one fails.
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "HepMC3/Attribute.h"
#include "HepMC3/GenEvent.h"
#include "HepMC3/GenParticle.h"
#include "HepMC3/GenRunInfo.h"
#include "HepMC3/GenVertex.h"
#include "HepMC3/ReaderAscii.h"

using HepMC3::GenEvent;
using std::string;
using std::vector;

static int failures = 0;

static void report(const char *id, const char *what, bool ok, const string &found = "")
{
	std::printf("%-4s %-7s %s%s%s\n", ok ? "ok" : "FAIL", id, what, found.empty() ? "" : ": ", found.c_str());
	failures += !ok;
}

static vector<string> split(const string &text)
{
	std::istringstream in(text);
	vector<string> words;
	for (string word; in >> word;)
		words.push_back(word);
	return words;
}

static vector<double> numbers(const string &text)
{
	vector<double> values;
	for (const string &word : split(text))
		values.push_back(std::stod(word));
	return values;
}

struct Run {
	std::shared_ptr<HepMC3::GenRunInfo> info;
	std::set<string> conventions;
	std::set<int> processes, vertices, particles, additional;

	bool has(const string &name) const
	{
		return info->attributes().count(name) && !info->attribute_as_string(name).empty();
	}
	string text(const string &name) const
	{
		return info->attribute_as_string(name);
	}
	// The list, and whether each entry has its name and description under the stub.
	std::set<int> table(const char *id, const string &list, const string &stub, bool description) const
	{
		std::set<int> ids;
		bool complete = has(list);
		for (const string &word : split(text(list))) {
			ids.insert(std::stoi(word));
			string key = stub + "[" + word + "]";
			complete = complete && has(key + ".Name") && (!description || has(key + ".Description"));
		}
		report(id, (list + " with " + stub + "[id].Name" + (description ? "/.Description" : "")).c_str(),
		       complete && !ids.empty(), text(list));
		return ids;
	}
};

static void check_requirements(Run &r)
{
	report("G.R.2", "version 1.0.0",
	       r.text("NuHepMC.Version.Major") == "1" && r.text("NuHepMC.Version.Minor") == "0" &&
		       r.text("NuHepMC.Version.Patch") == "0");
	bool tools = !r.info->tools().empty();
	for (const auto &t : r.info->tools())
		tools = tools && !t.name.empty() && !t.version.empty();
	report("G.R.3", "tools have name and version", tools, tools ? r.info->tools()[0].name : "");
	for (const string &c : split(r.text("NuHepMC.Conventions")))
		r.conventions.insert(c);
	report("G.R.4", "conventions are listed", !r.conventions.empty(), r.text("NuHepMC.Conventions"));
	report("G.R.5", "G.C.2 or E.C.4 among them", r.conventions.count("G.C.2") || r.conventions.count("E.C.4"));
	report("G.R.6", "cross-section in pb per atom, never per nucleon",
	       r.text("NuHepMC.Units.CrossSection.Unit") == "pb" &&
		       r.text("NuHepMC.Units.CrossSection.TargetScale") == "PerAtom");
	report("G.R.7", "weight CV, the first", !r.info->weight_names().empty() && r.info->weight_names()[0] == "CV");
	r.processes = r.table("G.R.8", "NuHepMC.ProcessIDs", "NuHepMC.ProcessInfo", true);
	r.vertices = r.table("G.R.9", "NuHepMC.VertexStatusIDs", "NuHepMC.VertexStatusInfo", true);
	r.particles = r.table("G.R.10", "NuHepMC.ParticleStatusIDs", "NuHepMC.ParticleStatusInfo", true);
	r.additional =
		r.table("G.R.11", "NuHepMC.AdditionalParticleNumbers", "NuHepMC.AdditionalParticleNumber", false);
	r.table("G.R.11", "NuHepMC.AdditionalParticleNumbers", "NuHepMC.AdditionalParticleInfo", true);
}

static bool positive(const Run &r, const string &name)
{
	return r.has(name) && std::stod(r.text(name)) > 0;
}

static void check_conventions(const Run &r)
{
	if (r.conventions.count("G.C.1"))
		report("G.C.1", "exposure",
		       positive(r, "NuHepMC.Exposure.POT") || positive(r, "NuHepMC.Exposure.Livetime"),
		       r.text("NuHepMC.Exposure.POT"));
	if (r.conventions.count("G.C.2"))
		report("G.C.2", "flux-averaged cross-section and its uncertainty",
		       r.has("NuHepMC.FluxAveragedTotalCrossSection") &&
			       std::stod(r.text("NuHepMC.FluxAveragedTotalCrossSectionUncertainty")) >= 0,
		       r.text("NuHepMC.FluxAveragedTotalCrossSection"));
	int citations = 0;
	for (const auto &a : r.info->attributes())
		citations += a.first.compare(0, 18, "NuHepMC.Citations.") == 0 && r.has(a.first);
	if (r.conventions.count("G.C.3"))
		report("G.C.3", "citations", citations > 0, std::to_string(citations));
	bool complete = true;
	for (int pdg : r.additional)
		for (const char *what : {"mass_GeV", "width_GeV", "spin", "charge"})
			complete = complete && (pdg == 2009900000 || r.has("NuHepMC.AdditionalParticleNumber[" +
									   std::to_string(pdg) + "].bsmnu." + what));
	if (r.conventions.count("G.C.5"))
		report("G.C.5", "mass, width, spin and charge of new particles", complete);
	bool ranges = true;
	for (int id : r.processes)
		ranges = ranges && id >= 100;
	if (r.conventions.count("E.C.1"))
		report("E.C.1", "process numbers in the ranges", ranges);
	report("own", "seed, model, detector, source, hash, card and parameters",
	       r.has("bsmnu.Seed") && r.has("bsmnu.Model") && r.has("bsmnu.Detector") && r.has("bsmnu.Source") &&
		       r.has("bsmnu.Hash") && r.has("bsmnu.Card") && r.has("bsmnu.Parameter.mass"));
	report("own", "the card's line ends survive", r.text("bsmnu.Card").find('\n') != string::npos);
}

// What must hold for all events: a name, and whether it held in each so far.
struct Tally {
	std::map<string, int> broken;
	vector<std::pair<string, string>> order;

	void operator()(const char *id, const char *what, bool ok)
	{
		if (!broken.count(what))
			order.emplace_back(id, what);
		broken[what] += !ok;
	}
	void print(int events)
	{
		for (const auto &o : order)
			report(o.first.c_str(), o.second.c_str(), broken[o.second] == 0,
			       std::to_string(events - broken[o.second]) + " of " + std::to_string(events) + " events");
	}
};

static bool close(double a, double b, double scale)
{
	return std::fabs(a - b) <= 1e-11 * scale;
}

static bool balanced(const HepMC3::ConstGenVertexPtr &v)
{
	HepMC3::FourVector in, out;
	for (const auto &p : v->particles_in())
		in += p->momentum();
	for (const auto &p : v->particles_out())
		out += p->momentum();
	return close(in.px(), out.px(), in.e()) && close(in.py(), out.py(), in.e()) &&
	       close(in.pz(), out.pz(), in.e()) && close(in.e(), out.e(), in.e());
}

static void check_vertices(const Run &r, const GenEvent &e, bool wcsim, Tally &all)
{
	int primaries = 0;
	bool known = true, conserved = true, late = true;
	HepMC3::ConstGenVertexPtr primary;
	for (const auto &v : e.vertices()) {
		known = known && v->status() > 0 && r.vertices.count(v->status());
		conserved = conserved && balanced(v);
		if (v->status() == 1) {
			primaries++;
			primary = v;
		}
	}
	all("E.R.6", "one primary vertex (status 1), none of status 0", primaries == 1 && known);
	all("E.R.1", "four-momentum balances at each vertex", conserved);
	vector<double> lab = numbers(e.attribute_as_string("lab_pos"));
	all("E.R.5", "lab_pos in the event's length unit",
	    primary && lab.size() >= 3 && lab[0] == primary->position().x() && lab[1] == primary->position().y() &&
		    lab[2] == primary->position().z());
	double unit = wcsim ? 1e9 : 299792458e3; // ns for WCSim, else c t in mm
	all("E.C.5", "lab_pos has the time in seconds, and it is not lost",
	    lab.size() == 4 && lab[3] > 0 && primary && close(lab[3] * unit, primary->position().t(), lab[3] * unit));
	for (const auto &v : e.vertices())
		late = late && (!primary || v->position().t() >= primary->position().t());
	all("V.R.1", "no vertex before the primary one", late);
}

static void check_particles(const Run &r, const GenEvent &e, bool wcsim, Tally &all)
{
	int beams = 0, targets = 0;
	bool known = true, complete = true, masses = true, remnant = true, plain = true;
	for (const auto &p : e.particles()) {
		const auto m = p->momentum();
		bool in = !p->production_vertex() || p->production_vertex()->id() == 0, out = !p->end_vertex();
		beams += p->status() == 4;
		targets += p->status() == 20;
		known = known && r.particles.count(p->status());
		complete = complete && (!in || p->status() == 4 || p->status() == 20 || p->status() == 22) &&
			   (out ? p->status() == 1 || (wcsim && p->status() == 3) : p->status() != 1);
		double m2 = p->generated_mass() * p->generated_mass();
		masses = masses && std::fabs(m.e() * m.e() - m.p3mod2() - m2) <= 1e-10 * m.e() * m.e();
		if (p->pid() == 2009900000)
			remnant = remnant && std::stoi(p->attribute_as_string("remnant_particle_number")) > 1000000000;
		if (p->status() == 1)
			plain = plain && !r.additional.count(p->pid());
	}
	all("E.R.7", "one beam particle (4) and one target (20)", beams == 1 && targets == 1);
	all("E.R.8", "all that comes in is 4 or 20, all that leaves is 1", complete);
	all("P.R.1", "particle statuses are declared", known);
	all("P.C.2", "a remnant tells its nucleus", remnant);
	all("E.R.9", "momenta are on their mass shells", masses);
	if (wcsim)
		all("wcsim", "no new particle in the final state", plain);
}

static void check_event(const Run &r, const GenEvent &e, bool wcsim, std::set<int> &seen, Tally &all)
{
	all("E.R.2", "event number unique and not negative",
	    e.event_number() >= 0 && seen.insert(e.event_number()).second);
	all("E.R.3", "signal_process_id is declared",
	    !e.attribute_as_string("signal_process_id").empty() &&
		    r.processes.count(std::stoi(e.attribute_as_string("signal_process_id"))));
	all("E.R.4", "units",
	    e.length_unit() == HepMC3::Units::MM &&
		    e.momentum_unit() == (wcsim ? HepMC3::Units::MEV : HepMC3::Units::GEV));
	all("G.R.7", "one weight, finite",
	    e.weights().size() == 1 && std::isfinite(e.weights()[0]) && e.weights()[0] > 0);
	check_vertices(r, e, wcsim, all);
	check_particles(r, e, wcsim, all);
	all("own", "history: parent, its decay, flight, path, probability, delay",
	    numbers(e.attribute_as_string("parent_decay_pos")).size() == 4 &&
		    numbers(e.attribute_as_string("parent_decay_pos"))[3] > -1e-8 && /* a bunch has a width */
		    numbers(e.attribute_as_string("parent_momentum")).size() == 4 &&
		    !e.attribute_as_string("parent_pdg").empty() &&
		    !e.attribute_as_string("production_process_id").empty() &&
		    !e.attribute_as_string("flight_m").empty() && !e.attribute_as_string("path_m").empty() &&
		    std::stod(e.attribute_as_string("decay_probability")) > 0 &&
		    !e.attribute_as_string("delay_ns").empty());
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	bool wcsim = argc > 2 && string(argv[2]) == "wcsim";
	HepMC3::ReaderAscii reader(argv[1]);
	Tally all;
	Run run;
	std::set<int> seen;
	int events = 0;
	double sum = 0;
	for (;;) {
		GenEvent e;
		if (!reader.read_event(e) || reader.failed())
			break;
		if (events++ == 0) {
			run.info = reader.run_info();
			report("G.R.1", "run info is there", run.info != nullptr);
			check_requirements(run);
			check_conventions(run);
		}
		sum += e.weights()[0];
		check_event(run, e, wcsim, seen, all);
	}
	all.print(events);
	report("file", "events were read", events > 0, std::to_string(events));
	report("file", "sum of weights", sum > 0, std::to_string(sum));
	return failures != 0;
}
