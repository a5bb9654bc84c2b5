/* TStreamerInfo: how the classes of a file are laid out, for readers that do not know them. Names, types and checksums are ROOT's;
 * of the titles only those that say which member counts an array. */
#include "format/root_tree.h"

enum { CHAR8 = 11, SHORT = 2, INT = 3, FLOAT = 5, COUNTER = 6, DOUBLE = 8, UINT = 13, BITS = 15, LONG = 16, BOOL = 18,
       POINTER_TO = 40, OBJECT = 61, ANY = 62, POINTER = 64, STRING = 65, TOBJECT = 66, TNAMED = 67 };

struct element {
	const char *name, *type_name;
	int type, size;
	uint32_t extra;     /* of a base class: its checksum */
	int base_version;
	const char *counter; /* of an array */
};
struct info { const char *name; int version; uint32_t checksum; const struct element *element; };

#define BASE(class, type, version, checksum) {class, "BASE", type, 0, checksum, version, NULL}
#define BASIC(name, type, type_name, size) {name, type_name, type, size, 0, 0, NULL}
#define TEXT(name) {name, "TString", STRING, 24, 0, 0, NULL}
#define HELD(name, type, type_name, size) {name, type_name, type, size, 0, 0, NULL}
#define ARRAY(name, type, type_name, size, counter) {name, type_name, POINTER_TO + (type), size, 0, 0, counter}
#define END {NULL, NULL, 0, 0, 0, 0, NULL}
#define FOUR(name) BASIC(name, INT, "int", 4)
#define EIGHT(name) BASIC(name, LONG, "long long", 8)

#define OF_TOBJECT BASE("TObject", TOBJECT, 1, 0x901bc02d)
#define OF_TNAMED BASE("TNamed", TNAMED, 1, 0xdfb74a3c)
#define OF_TATTLINE BASE("TAttLine", 0, 2, 0x94074549)
#define OF_TATTFILL BASE("TAttFill", 0, 2, 0xffd92a92)
#define OF_TATTMARKER BASE("TAttMarker", 0, 2, 0x291d8bec)
#define OF_TCOLLECTION BASE("TCollection", 0, 3, 0x57e3cb9c)
#define OF_TSEQCOLLECTION BASE("TSeqCollection", 0, 0, 0xfc6c3bc6)
#define OF_TLEAF BASE("TLeaf", 0, 2, 0x6d1e8152)
#define OF_TBRANCH BASE("TBranch", 0, 13, 0x10978aac)
#define FEATURES HELD("fIOFeatures", ANY, "ROOT::TIOFeatures", 1)

static const struct element tobject[] = {BASIC("fUniqueID", UINT, "unsigned int", 4), BASIC("fBits", BITS, "unsigned int", 4), END};
static const struct element tnamed[] = {OF_TOBJECT, TEXT("fName"), TEXT("fTitle"), END};
static const struct element tobjstring[] = {OF_TOBJECT, TEXT("fString"), END};
static const struct element line[] = {BASIC("fLineColor", SHORT, "short", 2), BASIC("fLineStyle", SHORT, "short", 2),
				      BASIC("fLineWidth", SHORT, "short", 2), END};
static const struct element fill[] = {BASIC("fFillColor", SHORT, "short", 2), BASIC("fFillStyle", SHORT, "short", 2), END};
static const struct element marker[] = {BASIC("fMarkerColor", SHORT, "short", 2), BASIC("fMarkerStyle", SHORT, "short", 2),
					BASIC("fMarkerSize", FLOAT, "float", 4), END};
static const struct element collection[] = {OF_TOBJECT, TEXT("fName"), FOUR("fSize"), END};
static const struct element seqcollection[] = {OF_TCOLLECTION, END};
static const struct element list[] = {OF_TSEQCOLLECTION, END};
static const struct element objarray[] = {OF_TSEQCOLLECTION, FOUR("fLowerBound"), FOUR("fLast"), END};
static const struct element features[] = {BASIC("fIOBits", CHAR8, "unsigned char", 1), END};
static const struct element leaf[] = {OF_TNAMED, FOUR("fLen"), FOUR("fLenType"), FOUR("fOffset"), BASIC("fIsRange", BOOL, "bool", 1),
				      BASIC("fIsUnsigned", BOOL, "bool", 1), HELD("fLeafCount", POINTER, "TLeaf*", 8), END};
static const struct element leaf_i[] = {OF_TLEAF, FOUR("fMinimum"), FOUR("fMaximum"), END};
static const struct element leaf_l[] = {OF_TLEAF, EIGHT("fMinimum"), EIGHT("fMaximum"), END};
static const struct element leaf_d[] = {OF_TLEAF, BASIC("fMinimum", DOUBLE, "double", 8), BASIC("fMaximum", DOUBLE, "double", 8), END};
static const struct element leaf_element[] = {OF_TLEAF, FOUR("fID"), FOUR("fType"), END};
static const struct element branch[] = {
	OF_TNAMED, OF_TATTFILL, FOUR("fCompress"), FOUR("fBasketSize"), FOUR("fEntryOffsetLen"), FOUR("fWriteBasket"),
	EIGHT("fEntryNumber"), FEATURES, FOUR("fOffset"), BASIC("fMaxBaskets", COUNTER, "int", 4), FOUR("fSplitLevel"),
	EIGHT("fEntries"), EIGHT("fFirstEntry"), EIGHT("fTotBytes"), EIGHT("fZipBytes"), HELD("fBranches", OBJECT, "TObjArray", 64),
	HELD("fLeaves", OBJECT, "TObjArray", 64), HELD("fBaskets", OBJECT, "TObjArray", 64),
	ARRAY("fBasketBytes", INT, "int*", 4, "fMaxBaskets"), ARRAY("fBasketEntry", LONG, "long long*", 8, "fMaxBaskets"),
	ARRAY("fBasketSeek", LONG, "long long*", 8, "fMaxBaskets"), TEXT("fFileName"), END};
static const struct element branch_element[] = {
	OF_TBRANCH, TEXT("fClassName"), TEXT("fParentName"), TEXT("fClonesName"), BASIC("fCheckSum", UINT, "unsigned int", 4),
	BASIC("fClassVersion", SHORT, "short", 2), FOUR("fID"), FOUR("fType"), FOUR("fStreamerType"), FOUR("fMaximum"),
	HELD("fBranchCount", POINTER, "TBranchElement*", 8), HELD("fBranchCount2", POINTER, "TBranchElement*", 8), END};
static const struct element tree[] = {
	OF_TNAMED, OF_TATTLINE, OF_TATTFILL, OF_TATTMARKER, EIGHT("fEntries"), EIGHT("fTotBytes"), EIGHT("fZipBytes"),
	EIGHT("fSavedBytes"), EIGHT("fFlushedBytes"), BASIC("fWeight", DOUBLE, "double", 8), FOUR("fTimerInterval"),
	FOUR("fScanField"), FOUR("fUpdate"), FOUR("fDefaultEntryOffsetLen"), BASIC("fNClusterRange", COUNTER, "int", 4),
	EIGHT("fMaxEntries"), EIGHT("fMaxEntryLoop"), EIGHT("fMaxVirtualSize"), EIGHT("fAutoSave"), EIGHT("fAutoFlush"),
	EIGHT("fEstimate"), ARRAY("fClusterRangeEnd", LONG, "long long*", 8, "fNClusterRange"),
	ARRAY("fClusterSize", LONG, "long long*", 8, "fNClusterRange"), FEATURES, HELD("fBranches", OBJECT, "TObjArray", 64),
	HELD("fLeaves", OBJECT, "TObjArray", 64), HELD("fAliases", POINTER, "TList*", 8), HELD("fIndexValues", ANY, "TArrayD", 24),
	HELD("fIndex", ANY, "TArrayI", 24), HELD("fTreeIndex", POINTER, "TVirtualIndex*", 8), HELD("fFriends", POINTER, "TList*", 8),
	HELD("fUserInfo", POINTER, "TList*", 8), HELD("fBranchRef", POINTER, "TBranchRef*", 8), END};

static const struct info infos[] = {
	{"TObject", 1, 0x901bc02d, tobject}, {"TNamed", 1, 0xdfb74a3c, tnamed}, {"TObjString", 1, 0x9c8e4800, tobjstring},
	{"TAttLine", 2, 0x94074549, line}, {"TAttFill", 2, 0xffd92a92, fill}, {"TAttMarker", 2, 0x291d8bec, marker},
	{"TCollection", 3, 0x57e3cb9c, collection}, {"TSeqCollection", 0, 0xfc6c3bc6, seqcollection}, {"TList", 5, 0x69c5c3bb, list},
	{"TObjArray", 3, 0xa99e6552, objarray}, {"ROOT::TIOFeatures", 1, 0x1aa12f10, features}, {"TLeaf", 2, 0x6d1e8152, leaf},
	{"TLeafI", 1, 0x7e6aae19, leaf_i}, {"TLeafL", 1, 0xde320862, leaf_l}, {"TLeafD", 1, 0x118e8776, leaf_d},
	{"TLeafElement", 1, 0xa04f8893, leaf_element}, {"TBranch", 13, 0x10978aac, branch},
	{"TBranchElement", 10, 0xe74f5e63, branch_element}, {"TTree", 20, 0x7264e07f, tree}};

static const char *class_of(const struct element *e)
{
	if (!strcmp(e->type_name, "BASE"))
		return "TStreamerBase";
	return e->counter	  ? "TStreamerBasicPointer"
	       : e->type == OBJECT  ? "TStreamerObject"
	       : e->type == ANY	  ? "TStreamerObjectAny"
	       : e->type == POINTER ? "TStreamerObjectPointer"
	       : e->type == STRING  ? "TStreamerString"
				  : "TStreamerBasicType";
}

static void put_element(struct bsm_root_io *io, const struct element *e, const struct info *in)
{
	const char *class = class_of(e);
	int base = !strcmp(e->type_name, "BASE");
	char title[64] = "";
	if (e->counter) {
		size_t n = strlen(e->counter);
		title[0] = '[';
		memcpy(title + 1, e->counter, n);
		memcpy(title + 1 + n, "]", 2);
	}
	size_t pointer = bsm_root_open_pointer(io, class), at = bsm_root_open_object(io, class, base ? 3 : 2),
	       inner = bsm_root_open_object(io, "TStreamerElement", 4);
	bsm_root_named(io, e->name, title, 0);
	bsm_root_const(io, "fType", 4, (uint64_t)e->type);
	bsm_root_const(io, "fSize", 4, (uint64_t)e->size);
	bsm_root_const(io, "fArrayLength, fArrayDim", 8, 0);
	for (int i = 0; i < 5; i++)
		bsm_root_const(io, "fMaxIndex", 4, base && i == 1 ? e->extra : 0);
	bsm_root_string(io, "fTypeName", e->type_name);
	bsm_root_close_object(io, "TStreamerElement", inner);
	if (base)
		bsm_root_const(io, "fBaseVersion", 4, (uint64_t)e->base_version);
	if (e->counter) {
		bsm_root_const(io, "fCountVersion", 4, (uint64_t)in->version);
		bsm_root_string(io, "fCountName", e->counter);
		bsm_root_string(io, "fCountClass", in->name);
	}
	bsm_root_close_object(io, class, at);
	bsm_root_close_object(io, class, pointer);
}

static void put_info(struct bsm_root_io *io, const struct info *in)
{
	uint32_t n = 0;
	while (in->element[n].name)
		n++;
	size_t pointer = bsm_root_open_pointer(io, "TStreamerInfo"), at = bsm_root_open_object(io, "TStreamerInfo", 9);
	bsm_root_named(io, in->name, "", 0x00010000);
	bsm_root_const(io, "fCheckSum", 4, in->checksum);
	bsm_root_const(io, "fClassVersion", 4, (uint64_t)in->version);
	size_t array = bsm_root_open_pointer(io, "TObjArray"), elements = bsm_root_open_object(io, "TObjArray", 3);
	bsm_root_array_head(io, n);
	for (uint32_t i = 0; i < n; i++)
		put_element(io, &in->element[i], in);
	bsm_root_close_object(io, "TObjArray", elements);
	bsm_root_close_object(io, "TObjArray", array);
	bsm_root_close_object(io, "TStreamerInfo", at);
	bsm_root_close_object(io, "TStreamerInfo", pointer);
	bsm_root_string(io, "option", "");
}

void bsm_root_infos(struct bsm_root_io *io)
{
	size_t n = sizeof infos / sizeof *infos, at = bsm_root_open_object(io, "TList", 5);
	bsm_root_object(io, 0);
	bsm_root_string(io, "fName", "");
	bsm_root_const(io, "fSize", 4, n);
	for (size_t i = 0; i < n; i++)
		put_info(io, &infos[i]);
	bsm_root_close_object(io, "TList", at);
}
