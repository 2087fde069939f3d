-- A figure of Lazy Limits in a frame: {{< lazy-limits figure=mixture rho=0.5 height=480 >}}
--
-- `height` is the frame's, in CSS pixels, and `title` its name for those who do not see it; everything else is the figure's: its
-- settings and attributes as docs/embedding.md has them. Where the figure lies, the document says as `lazy-limits-address`. Formats
-- without frames get a link.

-- Of the frame, with what stands for each that is not given.
local FRAME = { height = "700", title = "" }

local function encoded(text)
  return (text:gsub("[^%w%-%._~]", function(byte) return string.format("%%%02X", byte:byte()) end))
end

local ENTITIES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }

local function escaped(text)
  return (text:gsub('[&<>"]', ENTITIES))
end

-- Ends the document with a sentence.
local function refuse(sentence)
  error("lazy-limits: " .. sentence, 0)
end

-- The values that were given, as text.
local function given(kwargs)
  local values = {}
  for key, value in pairs(kwargs) do
    values[key] = pandoc.utils.stringify(value)
  end
  return values
end

-- Where the figure is alone, in the state that is asked for.
local function addressOf(home, values)
  local keys = {}
  for key in pairs(values) do
    if not FRAME[key] and key ~= "figure" then keys[#keys + 1] = key end
  end
  table.sort(keys)
  local hash = "v=1&figure=" .. encoded(values.figure or "quadratic")
  for _, key in ipairs(keys) do
    hash = hash .. "&" .. encoded(key) .. "=" .. encoded(values[key])
  end
  return home:gsub("/*$", "/", 1) .. "embed.html#" .. hash
end

local function show(args, kwargs, meta, _, context)
  if #args > 0 then
    refuse("“" .. pandoc.utils.stringify(args[1]) .. "” has no name; write such as figure=mixture")
  end
  local home = meta["lazy-limits-address"] and pandoc.utils.stringify(meta["lazy-limits-address"]) or ""
  if home == "" then
    refuse("the document must say where the figure lies, such as lazy-limits-address: https://example.org/lazy-limits/")
  end
  local values = given(kwargs)
  local height = values.height or FRAME.height
  if not height:match("^%d+$") then
    refuse("height is “" .. height .. "”, but must be a whole number of pixels")
  end
  local title = values.title or ("Lazy Limits: " .. (values.figure or "quadratic"))
  local address = addressOf(home, values)
  local isInline = context == "inline"
  if not quarto.doc.is_format("html:js") then
    local link = pandoc.Link(title, address)
    return isInline and link or pandoc.Para({ link })
  end
  local frame = string.format(
    '<iframe src="%s" title="%s" width="100%%" height="%s" loading="lazy" allow="clipboard-write"></iframe>',
    escaped(address), escaped(title), height)
  return isInline and pandoc.RawInline("html", frame) or pandoc.RawBlock("html", frame)
end

return { ["lazy-limits"] = show }
