import {maxTileZoom} from '../core/editor-urls.ts';
import {worldMeters} from '../core/mercator.ts';
import type {Bounds} from './josm-imagery.ts';
import {type OfferedStyle, styleQuery} from './offered-styles.ts';
import {degrees, xmlText} from './xml.ts';

/** Metres of a pixel that a scale denominator is reckoned with: OGC 07-057r7, section 6.1. */
const pixelMeters = 0.00028;

const side = 256;

/**
 * The WMTS 1.0.0 capabilities (OGC 07-057r7) of the raster tiles: a layer per style, because many programs let one choose
 * among layers and not among styles, with the tiles' own URL as RESTful template.
 */
export function wmtsCapabilities(origin: string, bounds: Bounds, styles: OfferedStyle[]): string {
  const here = xmlText(`${origin}/wmts/1.0.0/WMTSCapabilities.xml`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
  <ows:ServiceIdentification>
    <ows:Title>Trackheat</ows:Title>
    <ows:Abstract>Heat of one's own GPS tracks.</ows:Abstract>
    <ows:ServiceType>OGC WMTS</ows:ServiceType>
    <ows:ServiceTypeVersion>1.0.0</ows:ServiceTypeVersion>
    <ows:Fees>none</ows:Fees>
    <ows:AccessConstraints>none</ows:AccessConstraints>
  </ows:ServiceIdentification>
  <ows:OperationsMetadata>
${operation('GetCapabilities', here)}${operation('GetTile', xmlText(`${origin}/raster/`))}  </ows:OperationsMetadata>
  <Contents>
${styles.map((style) => layer(origin, bounds, style)).join('')}${matrixSet()}  </Contents>
  <ServiceMetadataURL xlink:href="${here}"/>
</Capabilities>
`;
}

function operation(name: string, at: string): string {
  return `    <ows:Operation name="${name}">
      <ows:DCP>
        <ows:HTTP>
          <ows:Get xlink:href="${at}">
            <ows:Constraint name="GetEncoding">
              <ows:AllowedValues>
                <ows:Value>RESTful</ows:Value>
              </ows:AllowedValues>
            </ows:Constraint>
          </ows:Get>
        </ows:HTTP>
      </ows:DCP>
    </ows:Operation>
`;
}

function layer(origin: string, {minLon, minLat, maxLon, maxLat}: Bounds, style: OfferedStyle): string {
  const {name, title, about} = style;
  const query = styleQuery(style);
  const template = `${origin}/raster/{TileMatrix}/{TileCol}/{TileRow}.png${query && `?${query}`}`;
  return `    <Layer>
      <ows:Title>${xmlText(`Trackheat: ${title}`)}</ows:Title>
      <ows:Abstract>${xmlText(about)}</ows:Abstract>
      <ows:WGS84BoundingBox>
        <ows:LowerCorner>${degrees(minLon)} ${degrees(minLat)}</ows:LowerCorner>
        <ows:UpperCorner>${degrees(maxLon)} ${degrees(maxLat)}</ows:UpperCorner>
      </ows:WGS84BoundingBox>
      <ows:Identifier>${xmlText(name)}</ows:Identifier>
      <Style isDefault="true">
        <ows:Identifier>default</ows:Identifier>
      </Style>
      <Format>image/png</Format>
      <TileMatrixSetLink>
        <TileMatrixSet>GoogleMapsCompatible</TileMatrixSet>
      </TileMatrixSetLink>
      <ResourceURL format="image/png" resourceType="tile" template="${xmlText(template)}"/>
    </Layer>
`;
}

/** The well-known scale set of OGC 07-057r7, annex E.4, to the deepest zoom. */
function matrixSet(): string {
  const corner = (worldMeters / 2).toFixed(7);
  const matrices = Array.from({length: maxTileZoom + 1}, (_, zoom) => {
    const count = 2 ** zoom;
    return `      <TileMatrix>
        <ows:Identifier>${zoom}</ows:Identifier>
        <ScaleDenominator>${worldMeters / (side * count * pixelMeters)}</ScaleDenominator>
        <TopLeftCorner>-${corner} ${corner}</TopLeftCorner>
        <TileWidth>${side}</TileWidth>
        <TileHeight>${side}</TileHeight>
        <MatrixWidth>${count}</MatrixWidth>
        <MatrixHeight>${count}</MatrixHeight>
      </TileMatrix>
`;
  });
  return `    <TileMatrixSet>
      <ows:Identifier>GoogleMapsCompatible</ows:Identifier>
      <ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
      <WellKnownScaleSet>urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible</WellKnownScaleSet>
${matrices.join('')}    </TileMatrixSet>
`;
}
